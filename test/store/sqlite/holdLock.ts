import { acquireWriter } from '../../../src/main/store/sqlite/writerLock.ts'

/**
 * A process that takes the lock of a workspace, says how that went, and keeps what it has until it is killed. It refers
 * to the lock no more, and collects garbage where it may (`--expose-gc`): a lock that depends on a variable is lost then.
 */
const [folder = '', what = ''] = process.argv.slice(2)
const answer = take()
globalThis.gc?.()
setImmediate(() => {
  globalThis.gc?.()
  process.stdout.write(`${answer}\n`)
})
setInterval(() => {}, 60_000)

function take(): string {
  const acquired = acquireWriter(folder, { what, pid: process.pid, since: '2026-03-01T08:00:00.000Z' })
  return acquired.ok ? 'acquired' : acquired.problem.message
}
