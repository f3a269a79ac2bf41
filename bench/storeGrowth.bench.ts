import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { writeMeasurement } from './measurement.ts'
import { runProcess } from './processes/runProcess.ts'
import { guestOf } from './worlds/guestObjects.ts'
import { openGuestWorkspace } from './worlds/guestWorkspace.ts'

const guests = 1_000
const cycles = 1_000
const changesOfCycle = guests / 100
const folder = mkdtempSync(join(tmpdir(), 'guestbridge-bench-'))
const file = join(folder, 'store.sqlite')
await runProcess('fillWorkspace.ts', [folder, String(guests), String(guests)])
await runProcess('synchronizeAll.ts', [folder])
const sizeBefore = statSync(file).size

const workspace = await openGuestWorkspace(folder)
const start = performance.now()
for (let cycle = 1; cycle <= cycles; cycle += 1) {
  const numbers = Array.from({ length: changesOfCycle }, (_, index) => (cycle * changesOfCycle + index) % guests)
  await workspace.importChanges('entra', numbers.map((number) => ({ kind: 'replaced', object: guestOf(number, cycle) })))
  await workspace.synchronize('changes')
}
const milliseconds = performance.now() - start
await workspace.store.close()
const grown = statSync(file).size - sizeBefore

const bare = join(folder, 'bare')
mkdirSync(bare)
const bareStart = performance.now()
const bareSize = writeVersions(join(bare, 'bare.sqlite'))
writeMeasurement({
  name: 'Growth of the store',
  measures: `${cycles} cycles of delta import and delta synchronisation in which ${changesOfCycle} of ${guests} guests changed: what the file has grown by, with all evidence kept`,
  against: 'the changed guests alone, each version as one row of JSON; ratio of bytes', node: process.version,
  measuredMilliseconds: milliseconds, referenceMilliseconds: performance.now() - bareStart,
  ratio: grown / bareSize, lowerQuartile: grown / bareSize, upperQuartile: grown / bareSize,
  figures: [
    { name: 'before', value: Math.round(sizeBefore / 1024), unit: 'KiB' },
    { name: 'grown by', value: Math.round(grown / 1024), unit: 'KiB' },
    { name: 'for each change', value: Math.round(grown / (cycles * changesOfCycle)), unit: 'bytes' },
    { name: 'a cycle', value: Math.round((milliseconds / cycles) * 10) / 10, unit: 'ms' },
  ],
  explanation: 'Each change is kept in four forms, so that every run can be opened as it was: the guest, the person with its contributions, the planned change, and which counters it stood behind. Retention takes what no kept run needs.',
})
rmSync(folder, { recursive: true })

function writeVersions(to: string): number {
  const database = new DatabaseSync(to)
  database.exec('CREATE TABLE version (id TEXT, run INTEGER, content TEXT, PRIMARY KEY (id, run))')
  const insert = database.prepare('INSERT INTO version VALUES (?, ?, ?)')
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    database.exec('BEGIN')
    for (let index = 0; index < changesOfCycle; index += 1) {
      const object = guestOf((cycle * changesOfCycle + index) % guests, cycle)
      insert.run(object.anchor, cycle, JSON.stringify(object.attributes))
    }
    database.exec('COMMIT')
  }
  database.close()
  return statSync(to).size
}
