import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { LabOccupiedError, startLab } from './lab.ts'
import type { RunningLab } from './lab.ts'
import type { LabRequestMessage, LabWorkerMessage } from './labMessages.ts'

/** Entry of the worker thread in which openLab runs a lab. */
const port = parentPort
if (port === null) throw new Error('labWorker is started by openLab, as a worker thread')
const say = (message: LabWorkerMessage) => port.postMessage(message)

try {
  const { folder } = z.object({ folder: z.string() }).parse(workerData)
  const lab = await startLab(folder)
  port.on('message', (message: LabRequestMessage) => {
    if (message.kind === 'close') void closeLab(lab)
  })
  say({ kind: 'started', endpoints: lab.endpoints })
} catch (error) {
  if (error instanceof LabOccupiedError) say({ kind: 'occupied' })
  else say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
}

async function closeLab(lab: RunningLab): Promise<void> {
  try {
    await lab.close()
    say({ kind: 'closed' })
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
  // Nothing listens any more, so the thread ends by itself.
  port?.close()
}
