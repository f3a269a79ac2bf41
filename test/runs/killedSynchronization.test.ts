import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { guest, shadowAccount } from '../engine/world.ts'
import { openTestWorkspace } from './testWorkspace.ts'

const program = fileURLToPath(new URL('synchronizingProcess.ts', import.meta.url))

/** A synchronisation in a process of its own, which dies when it reports that phase for the `count`-th time. */
async function dieAt(folder: string, phase: string, count: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [program, folder, phase, String(count)], { stdio: ['ignore', 'inherit', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'exit')
  return child.signalCode
}

it.each([['projecting guests', 2], ['looking for accounts', 1], ['deciding about accounts', 2]] as const)(
  'a synchronisation that was killed while %s is done over, and comes to what it would have come to', async (phase, count) => {
    const labels = Array.from({ length: 620 }, (_, index) => `g${index}`)
    const workspace = await openTestWorkspace()
    const fresh = await openTestWorkspace()
    for (const each of [workspace, fresh]) {
      await each.importAll('ad', labels.slice(0, 300).map((label, index) => shadowAccount(label, index % 10 === 0 ? { sn: 'Drifted' } : {})))
      await each.importAll('entra', labels.map((label) => guest(label)))
    }
    expect(await dieAt(workspace.folder, phase, count)).toBe('SIGKILL')

    const [interrupted] = await workspace.store.recover(workspace.now)
    expect(interrupted).toMatchObject({ step: 'fullSync', status: 'interrupted' })
    expect(await workspace.planned()).toEqual([])
    expect(await workspace.synchronize('changes')).toMatchObject({ step: 'fullSync', status: 'succeeded' })
    await fresh.synchronize('everything')
    expect((await workspace.exports()).map(({ hash }) => hash)).toEqual((await fresh.exports()).map(({ hash }) => hash))
    expect(await workspace.store.metaverseBatch(null, 5000)).toEqual(await fresh.store.metaverseBatch(null, 5000))
    await Promise.all([workspace.close(), fresh.close()])
  },
)
