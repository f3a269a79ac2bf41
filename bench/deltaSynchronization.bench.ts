import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { timeInTurn } from './compareServers.ts'
import { quantile, writeMeasurement } from './measurement.ts'
import { runProcess } from './processes/runProcess.ts'
import { guestOf } from './worlds/guestObjects.ts'
import { openGuestWorkspace } from './worlds/guestWorkspace.ts'

const changes = 100
const folder = mkdtempSync(join(tmpdir(), 'guestbridge-bench-'))
const [large, small] = [await openWorld(100_000), await openWorld(1_000)]
const times = await timeInTurn([{ name: 'large', work: large.change }, { name: 'small', work: small.change }], 15)
await large.close()
await small.close()
rmSync(folder, { recursive: true })

const [ofLarge, ofSmall] = [times.get('large') ?? [], times.get('small') ?? []]
const ratios = ofLarge.map((time, index) => time / (ofSmall[index] ?? Number.NaN))
writeMeasurement({
  name: 'Delta, by size',
  measures: '100 changed guests among 100,000 with accounts: delta import applied, delta synchronisation with its plan',
  against: 'the same 100 changed guests among 1,000',
  node: process.version,
  measuredMilliseconds: quantile(ofLarge, 0.5), referenceMilliseconds: quantile(ofSmall, 0.5),
  ratio: quantile(ratios, 0.5), lowerQuartile: quantile(ratios, 0.25), upperQuartile: quantile(ratios, 0.75),
  goal: { is: 'atMost', ratio: 1.3 },
  explanation: 'Nothing walks over what stayed as it was. Of 100,000 each changed guest lies on pages of its own in every table and index, of 1,000 several share one: SQLite writes more pages for the same rows, and the trees are one level deeper.',
})

async function openWorld(size: number): Promise<{ readonly change: () => Promise<unknown>; readonly close: () => Promise<void> }> {
  const world = join(folder, String(size))
  mkdirSync(world)
  await runProcess('fillWorkspace.ts', [world, String(size), String(size)])
  await runProcess('synchronizeAll.ts', [world])
  const workspace = await openGuestWorkspace(world)
  let version = 0
  return {
    // The same persons each time, spread over all: their updates wait, and those of the last round are replaced.
    change: async () => {
      version += 1
      const numbers = Array.from({ length: changes }, (_, index) => index * (size / changes))
      await workspace.importChanges('entra', numbers.map((number) => ({ kind: 'replaced', object: guestOf(number, version) })))
      const { counters } = await workspace.synchronize('changes')
      if (counters.exportAttributeFlow !== changes) throw new Error(`${String(counters.exportAttributeFlow)} of ${changes} updates were planned`)
    },
    close: () => workspace.store.close(),
  }
}
