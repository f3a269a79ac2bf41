import { openStoreWriter } from '../../../src/main/store/sqlite/openStore.ts'
import { acquireWriter } from '../../../src/main/store/sqlite/writerLock.ts'
import type { StoreWriter } from '../../../src/main/store/store.ts'
import { account, createOf, entryOf, guid, morning, options } from '../rows.ts'

/**
 * A process that writes to a workspace and says when it is where the test wants to kill it. `staging`: it goes on staging
 * pages for ever; `staged`: a whole round is staged; `applying`: it says so and applies at once; `journal`: one write has its
 * outcome, a second has none.
 */
const [folder = '', where = '', objects = '0'] = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const page = (first: number, length: number) => Array.from({ length }, (_, index) => account(first + index, { sn: ['from the dead process'] }))

const lock = acquireWriter(folder, { what: 'the process that dies', pid: process.pid, since: morning })
const opened = await openStoreWriter(folder, options)
if (!lock.ok || !opened.ok) throw new Error('The child could not open the workspace')
await die(opened.value)

async function die(store: StoreWriter): Promise<void> {
  const run = await store.beginRun({ profile: where, step: where === 'journal' ? 'export' : 'fullImport', connector: 'ad', startedAt: morning })
  if (where === 'staging') await stageForEver(store, run)
  if (where === 'journal') await writeTwice(store, run)
  if (where === 'staged' || where === 'applying') await store.stagePage(run, page(0, Number(objects)))
  say('here')
  if (where === 'applying') await store.applyFullImport(run, 'ad', { applied: 'yes' })
  setInterval(() => {}, 60_000)
}

async function stageForEver(store: StoreWriter, run: number): Promise<never> {
  for (let first = 0; ; first += 100) {
    await store.stagePage(run, page(first, 100))
    if (first === 500) say('here')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function writeTwice(store: StoreWriter, run: number): Promise<void> {
  const done = await store.journalBefore(entryOf(run, createOf(1), { isLast: false }))
  await store.journalAfter(done, { kind: 'done', at: morning, anchor: guid(1) })
  await store.journalBefore(entryOf(run, createOf(1), { action: 'enable', anchor: guid(1) }))
}
