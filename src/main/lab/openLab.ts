import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { findRunningLab } from './findRunningLab.ts'
import type { LabEndpoints } from './labEndpoints.ts'
import type { LabRequestMessage, LabWorkerMessage } from './labMessages.ts'

export type OpenLab = {
  readonly endpoints: LabEndpoints
  /** This process runs the lab; otherwise another one does. */
  readonly isOwn: boolean
  /** Settles when an own lab has ended: with an Error when it died, with null when it was closed. Stays open for another's lab. */
  readonly ended: Promise<Error | null>
  /** Stops an own lab, and does nothing to another's. Rejects where stopping failed or the lab had died before. */
  close(): Promise<void>
}

/** A first start makes keys and seeds two databases: a second or two; ten times that on a slow disk. */
const patience = 30_000
const pause = 100

/**
 * The lab of a workspace folder: the one that another process runs, or one that is started in a worker thread of this
 * process. `worker` is the entry of labWorker.ts as this build has it. Of two processes that start at once one runs the lab
 * and the other uses it: the lock decides, not the order of looking.
 */
export async function openLab(folder: string, worker: URL): Promise<OpenLab> {
  const deadline = performance.now() + patience
  while (performance.now() < deadline) {
    const running = await findRunningLab(folder)
    if (running !== null) return { endpoints: running, isOwn: false, ended: new Promise(() => undefined), close: () => Promise.resolve() }
    const own = await startInWorker(folder, worker)
    if (own !== 'occupied') return own
    await delay(pause)
  }
  throw new Error(`Another process holds the lab of ${folder} but does not answer. End it, or wait until it has started.`)
}

async function startInWorker(folder: string, entry: URL): Promise<OpenLab | 'occupied'> {
  const worker = new Worker(entry, { workerData: { folder }, name: 'lab' })
  const failure: { message: string | null } = { message: null }
  const exited = new Promise<Error | null>((resolve) => {
    worker.on('error', (error) => resolve(new Error(`The lab died: ${error instanceof Error ? error.message : String(error)}`, { cause: error })))
    worker.on('exit', (code) => resolve(failure.message === null && code === 0 ? null : new Error(`The lab ended: ${failure.message ?? `exit code ${code}`}`)))
  })
  const first = await Promise.race([firstMessage(worker, failure), exited])
  if (first === null || first instanceof Error) throw first ?? new Error('The lab ended before it had started')
  switch (first.kind) {
    case 'started':
      return { endpoints: first.endpoints, isOwn: true, ended: watchEnd(worker, exited, failure), close: () => closeWorker(worker, exited) }
    case 'occupied':
      await exited
      return 'occupied'
    case 'failed':
    case 'closed':
      await exited
      throw new Error(`The lab could not be started: ${failure.message ?? 'it closed at once'}`)
  }
}

function firstMessage(worker: Worker, failure: { message: string | null }): Promise<LabWorkerMessage> {
  return new Promise((resolve) => {
    worker.on('message', (message: LabWorkerMessage) => {
      if (message.kind === 'failed') failure.message = message.message
      resolve(message)
    })
  })
}

/** A lab ends well only when it says so before its thread does. */
function watchEnd(worker: Worker, exited: Promise<Error | null>, failure: { readonly message: string | null }): Promise<Error | null> {
  const end = { isAnnounced: false }
  worker.on('message', (message: LabWorkerMessage) => {
    if (message.kind === 'closed') end.isAnnounced = true
  })
  return exited.then((error) => error ?? (end.isAnnounced ? null : new Error(`The lab ended by itself${failure.message === null ? '' : `: ${failure.message}`}`)))
}

async function closeWorker(worker: Worker, exited: Promise<Error | null>): Promise<void> {
  worker.postMessage({ kind: 'close' } satisfies LabRequestMessage)
  const error = await exited
  if (error !== null) throw error
}
