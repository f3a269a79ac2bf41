import { argv, resourceUsage } from 'node:process'
import { isMainThread, Worker } from 'node:worker_threads'
import { workerLimits } from '../../src/main/runs/workerLimits.ts'
import { say } from './say.ts'

// A full synchronisation in a worker as that of the service, in a process of its own, so that its peak memory is nobody else's.
// Argument: the workspace folder.
if (isMainThread) startWorker()
else await synchronizeAll()

function startWorker(): void {
  // Whatever goes wrong in there ends the process with it.
  new Worker(import.meta.filename, { argv: argv.slice(2), resourceLimits: workerLimits })
}

async function synchronizeAll(): Promise<void> {
  // Here alone, so that the thread that only waits does not load it.
  const { openGuestWorkspace } = await import('../worlds/guestWorkspace.ts')
  const [folder = ''] = argv.slice(2)
  const workspace = await openGuestWorkspace(folder)
  const start = performance.now()
  const run = await workspace.synchronize('everything')
  const milliseconds = performance.now() - start
  const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage()
  await workspace.store.close()
  say({ milliseconds, processorSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMebibytes: maxRSS / 1024, counters: run.counters })
}
