import { acquireWriter } from '../../../src/main/store/sqlite/writerLock.ts'

/** A process that takes the lock of a workspace, says how that went, and keeps what it has until it is killed. */
const [folder = '', what = ''] = process.argv.slice(2)
const acquired = acquireWriter(folder, { what, pid: process.pid, since: '2026-03-01T08:00:00.000Z' })
process.stdout.write(`${acquired.ok ? 'acquired' : acquired.problem.message}\n`)
setInterval(() => {}, 60_000)
