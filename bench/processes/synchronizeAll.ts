import { argv, resourceUsage } from 'node:process'
import { openGuestWorkspace } from '../worlds/guestWorkspace.ts'
import { say } from './say.ts'

// A full synchronisation in a process of its own, so that its peak memory is nobody else's. Argument: the workspace folder.
const [folder = ''] = argv.slice(2)
const workspace = await openGuestWorkspace(folder)
const start = performance.now()
const run = await workspace.synchronize('everything')
const milliseconds = performance.now() - start
const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage()
await workspace.store.close()
say({ milliseconds, processorSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMebibytes: maxRSS / 1024, counters: run.counters })
