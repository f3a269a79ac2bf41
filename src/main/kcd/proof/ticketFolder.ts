import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const prefix = 'guestbridge-proof-'

/**
 * A folder for tickets that only its user may enter (mkdtemp makes it 0700), removed whatever `work` comes to. What a
 * process left that was killed in the middle is removed by the next proof.
 */
export async function withTicketFolder<Value>(temporary: string, work: (folder: string) => Promise<Value>): Promise<Value> {
  await sweep(temporary)
  const folder = await mkdtemp(join(temporary, `${prefix}${process.pid}-`))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function sweep(temporary: string): Promise<void> {
  for (const name of await readdir(temporary)) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (owner === undefined || isRunning(Number(owner)) || !(await isOurs(join(temporary, name)))) continue
    await rm(join(temporary, name), { recursive: true, force: true })
  }
}

/** A temporary folder belongs to everybody: what another user left there is not ours to remove, and must not stop a proof. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  return found !== null && found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid())
}

/** Another user's process, which we may not ask, counts as running. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}
