import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile, writeMeasurement } from './measurement.ts'
import { runProcess } from './processes/runProcess.ts'

const guests = 100_000
const rounds = 3
const folder = mkdtempSync(join(tmpdir(), 'guestbridge-bench-'))
type Timed = { readonly milliseconds: number; readonly peakMebibytes: number }

const explanation = 'The bare pass neither decides nor explains, and writes no index, version, link or search text; what it takes is the floor that parsing and node:sqlite set.'

await measure('Full synchronisation, all new', '0', `${guests} guests without accounts: projected, flowed, an account planned for each with its names, the plan stored`)
await measure('Full synchronisation, nothing new', String(guests), `${guests} guests with their accounts, synchronised a second time: compared, nothing to do`)
rmSync(folder, { recursive: true })

async function measure(name: string, accounts: string, measures: string): Promise<void> {
  const filled = join(folder, 'filled')
  mkdirSync(filled)
  await runProcess('fillWorkspace.ts', [filled, String(guests), accounts])
  // The second synchronisation of those that have their accounts is the one that hourly runs do.
  if (accounts !== '0') await runProcess('synchronizeAll.ts', [filled])
  const pairs: { readonly measured: Timed; readonly reference: Pick<Timed, 'milliseconds'> }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const copy = join(folder, 'copy')
    cpSync(filled, copy, { recursive: true })
    const measured = await runProcess<Timed>('synchronizeAll.ts', [copy])
    const reference = await runProcess<Timed>('copyRows.ts', [copy, join(copy, 'bare.sqlite')])
    pairs.push({ measured, reference })
    rmSync(copy, { recursive: true })
  }
  rmSync(filled, { recursive: true })
  const milliseconds = quantile(pairs.map(({ measured }) => measured.milliseconds), 0.5)
  const ratios = pairs.map(({ measured, reference }) => measured.milliseconds / reference.milliseconds)
  writeMeasurement({
    name, measures, against: 'reading, parsing and writing the same rows by node:sqlite alone, in a process of its own', node: process.version,
    measuredMilliseconds: milliseconds, referenceMilliseconds: quantile(pairs.map(({ reference }) => reference.milliseconds), 0.5),
    ratio: quantile(ratios, 0.5), lowerQuartile: quantile(ratios, 0.25), upperQuartile: quantile(ratios, 0.75),
    figures: [
      { name: 'guests', value: Math.round((guests / milliseconds) * 1000), unit: 'objects/s', goal: { is: 'atLeast', value: 10_000 } },
      { name: 'peak memory', value: Math.round(quantile(pairs.map(({ measured }) => measured.peakMebibytes), 0.5)), unit: 'MiB', goal: { is: 'atMost', value: 350 } },
    ],
    explanation,
  })
}
