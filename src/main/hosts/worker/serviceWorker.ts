import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { inputs, type CallName } from '../../../shared/api/contract.ts'
import { jobInputs } from '../../../shared/api/jobs.ts'
import { serve } from '../../../shared/rpc/serve.ts'
import { openService } from '../../service.ts'
import { createSharedConnectMemory } from '../../service/connect/connectMemory.ts'
import { createProxySwitch } from '../../service/useProxy.ts'
import { openFollowingService, type FollowingService } from '../../service/followConfiguration.ts'
import { connectHost } from './hostServices.ts'
import { createJobs } from './jobs.ts'
import { portChannel } from './portChannel.ts'
import type { WorkerMessage, WorkerRequest, WorkerStart } from './workerMessages.ts'

// Entry of a worker thread: one service of one workspace. Two of these run beside each other, so that a run of minutes never
// delays a query: node:sqlite and the engine do not wait by themselves.
if (parentPort === null) throw new Error('The service runs in a worker thread only')
const parent = parentPort
const start = workerData as WorkerStart
const say = (message: WorkerMessage): void => parent.postMessage(message)

// One for all openings of the workspace: each saving of settings opens it anew.
const connectMemory = createSharedConnectMemory()
const proxySwitch = createProxySwitch()
const resolveProxy = start.host === null ? null : connectHost(start.host, (message) => say({ kind: 'error', name: 'proxy', message }))
const opened = await openFollowingService(
  () => openService({ folder: start.folder, environment: start.environment, labWorker: new URL(start.labWorker), connectMemory, proxySwitch, ...(resolveProxy === null ? {} : { resolveProxy }) }),
  (problems) => { for (const { message } of problems) say({ kind: 'error', name: 'saved settings cannot be used', message }) },
)
if (opened.ok) run(opened.value)
else say({ kind: 'refused', problems: opened.problem })

function run(service: FollowingService): void {
  const jobs = createJobs((name, input, options) => {
    if (!isCall(name)) return Promise.resolve({ ok: false, problem: { kind: 'usage', message: `There is no call "${name}".`, remedy: 'Reload the window.' } })
    return service.call(name, input, options)
  }, () => new Date().toISOString())
  const names = new Set([...Object.keys(inputs), ...Object.keys(jobInputs)])
  parent.on('message', (request: WorkerRequest) => {
    if (request.kind === 'connect') return connect(request.port)
    void jobs.close().then(() => service.close()).then(() => say({ kind: 'closed' }), (error: unknown) => say({ kind: 'failed', message: String(error) })).finally(() => parent.close())
  })
  const connect = (port: MessagePort): void => {
    serve(portChannel(port), async (name, input, { signal, emit }) => {
      const answered = await jobs.answer(name, input, signal, emit)
      if (answered !== null) return answered
      if (!isCall(name)) throw new Error(`There is no call "${name}"`)
      return service.call(name, input, { signal, onProgress: emit })
    }, { names, onError: (name, error) => say({ kind: 'error', name, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }) })
  }
  say({ kind: 'ready' })
  // What fails here fails again, with words, where a screen asks for it.
  if (start.role === 'queries') service.prepareForWindow().catch((error: unknown) => say({ kind: 'error', name: 'reading ahead for the window', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(inputs, name)
}
