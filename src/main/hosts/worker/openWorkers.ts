import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { connect, type Caller } from '../../../shared/rpc/connect.ts'
import type { Handler } from '../../../shared/rpc/serve.ts'
import { workerLimits } from '../../runs/workerLimits.ts'
import { serveHost, type HostServices } from './hostServices.ts'
import { portChannel } from './portChannel.ts'
import type { WorkerMessage, WorkerStart } from './workerMessages.ts'

export type WorkerOptions = Omit<WorkerStart, 'role' | 'host'> & { readonly entry: URL; readonly onError: (message: string) => void; readonly hostServices?: HostServices }

export type ServiceWorkers = {
  /** Sends each call to the worker that answers it. A caller of its own for each page load keeps their calls apart. */
  readonly open: () => { readonly handler: Handler; close(): void }
  /** Settles when one of the workers died; the other one is stopped then. */
  readonly died: Promise<Error>
  close(): Promise<void>
}

/** Milliseconds in which a worker has to end its work and close its files. */
const closePatience = 10_000

/** Calls that write or take long run as jobs in the first worker; everything else is a query. */
export function isForRuns(name: string): boolean {
  return name.startsWith('jobs.')
}

/** Both workers of a workspace. Problems: what `openService` says about its configuration. */
export async function openWorkers(options: WorkerOptions): Promise<Result<ServiceWorkers, readonly Problem[]>> {
  const runs = await startWorker(options, 'runs')
  if (!runs.ok) return runs
  const queries = await startSecond(options, runs.value)
  if (!queries.ok) return queries
  const [first, second] = [runs.value, queries.value]
  const died = Promise.race([first.died, second.died])
  void died.then(() => Promise.all([first.terminate(), second.terminate()]))
  return succeed({
    died,
    open: () => {
      const callers = { runs: first.connect(), queries: second.connect() }
      return {
        handler: (name, input, { signal, emit }) => (isForRuns(name) ? callers.runs : callers.queries).caller.call(name, input, { signal, onEvent: emit }),
        close: () => {
          callers.runs.close()
          callers.queries.close()
        },
      }
    },
    close: async () => {
      await Promise.all([first.close(), second.close()])
    },
  })
}

/** The first worker does not stay where the second one did not come up. */
async function startSecond(options: WorkerOptions, first: RunningWorker): ReturnType<typeof startWorker> {
  let started: Awaited<ReturnType<typeof startWorker>> | null = null
  try {
    started = await startWorker(options, 'queries')
    return started
  } finally {
    if (started?.ok !== true) await first.close()
  }
}

type RunningWorker = {
  readonly connect: () => { readonly caller: Caller; close(): void }
  readonly died: Promise<Error>
  readonly terminate: () => Promise<unknown>
  close(): Promise<void>
}

async function startWorker({ entry, onError, folder, environment, labWorker, hostServices }: WorkerOptions, role: WorkerStart['role']): Promise<Result<RunningWorker, readonly Problem[]>> {
  const ports = new Set<MessagePort>()
  const host = hostServices === undefined ? null : openHostPort(hostServices, ports, onError)
  const worker = new Worker(entry, { workerData: { role, folder, environment: { ...environment }, labWorker, host } satisfies WorkerStart, transferList: host === null ? [] : [host], name: role, resourceLimits: workerLimits })
  const state = { isClosing: false }
  const ended = new Promise<Error>((resolve) => {
    worker.once('error', (error: unknown) => resolve(error instanceof Error ? error : new Error(String(error))))
    worker.once('exit', (code) => resolve(new Error(`The worker "${role}" ended with code ${code}`)))
  })
  // What the worker tells of meanwhile is no answer to whether it came up.
  const started = new Promise<WorkerMessage>((resolve) => void worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'error') onError(`${message.name}: ${message.message}`)
    else resolve(message)
  }))
  const first = await Promise.race([started, ended])
  if (first instanceof Error) throw first
  if (first.kind === 'refused') {
    await worker.terminate()
    return fail(first.problems)
  }
  return succeed({
    connect: () => {
      const { port1, port2 } = new MessageChannel()
      ports.add(port2)
      port2.once('close', () => ports.delete(port2))
      worker.postMessage({ kind: 'connect', port: port1 }, [port1])
      return { caller: connect(portChannel(port2)), close: () => port2.close() }
    },
    died: new Promise((resolve) => void ended.then((error) => { if (!state.isClosing) resolve(error) })),
    terminate: () => {
      state.isClosing = true
      return worker.terminate()
    },
    close: async () => {
      state.isClosing = true
      worker.postMessage({ kind: 'close' })
      // A thread lives as long as one of its ports does.
      for (const port of ports) port.close()
      // Work that does not hear the cancel is cut off: the journal is made for that.
      const timer = setTimeout(() => void worker.terminate(), closePatience)
      await ended
      clearTimeout(timer)
    },
  })
}

/** The worker's end of a port on which the host answers; ours is closed with the others. */
function openHostPort(services: HostServices, ports: Set<MessagePort>, onError: (message: string) => void): MessagePort {
  const { port1, port2 } = new MessageChannel()
  serveHost(services, port2, onError)
  ports.add(port2)
  port2.once('close', () => ports.delete(port2))
  return port1
}
