import { parentPort, type MessagePort } from 'node:worker_threads'
import { createJobs } from '../../../src/main/hosts/worker/jobs.ts'
import { portChannel } from '../../../src/main/hosts/worker/portChannel.ts'
import type { WorkerMessage, WorkerRequest } from '../../../src/main/hosts/worker/workerMessages.ts'
import { serve } from '../../../src/shared/rpc/serve.ts'

// A worker without a workspace, for what has to hold whatever the service does. "block" gives no other work a turn for as
// long as it is told; "wait" ends when it is cancelled; "crash" ends the thread.
if (parentPort === null) throw new Error('This is the entry of a worker thread')
const parent = parentPort
const say = (message: WorkerMessage): void => parent.postMessage(message)

const jobs = createJobs(async (call, input, { signal, onProgress }) => {
  onProgress({ run: 1, step: 'fullSync', connector: null, phase: call, done: 1, total: 2 })
  if (call === 'block') block(Number(input))
  if (call === 'wait') await new Promise<void>((resolve) => { signal.addEventListener('abort', () => resolve()) })
  return signal.aborted ? { ok: false, problem: { kind: 'cancelled', message: 'Cancelled.', remedy: 'Begin again.' } } : { ok: true, value: call }
}, () => '2026-03-01T08:00:00.000Z')

parent.on('message', (request: WorkerRequest) => {
  if (request.kind === 'connect') return listen(request.port)
  void jobs.close().then(() => parent.close())
})
say({ kind: 'ready' })

function listen(port: MessagePort): void {
  const names = new Set(['jobs.begin', 'jobs.watch', 'jobs.list', 'jobs.cancel', 'workspace.describe', 'audit.verify'])
  serve(portChannel(port), async (name, input, { signal, emit }) => {
    const answered = await jobs.answer(name, input, signal, emit)
    if (answered !== null) return answered
    if (name === 'audit.verify') process.exit(3)
    return { ok: true, value: 'described' }
  }, { names, onError: (name, error) => say({ kind: 'error', name, message: String(error) }) })
}

function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
