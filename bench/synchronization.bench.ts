import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile, writeMeasurement } from './measurement.ts'
import { runProcess } from './processes/runProcess.ts'

const guests = 100_000
const rounds = 2
const folder = mkdtempSync(join(tmpdir(), 'guestbridge-bench-'))
type Timed = { readonly milliseconds: number; readonly processorSeconds: number; readonly peakMebibytes: number }
/** V8 collects its garbage as soon as the heap has grown by a third: what the synchronisation needs, instead of what V8 leaves lying. */
const sparing = ['--heap-growing-percent=30', '--max-semi-space-size=8']

const explanation = [
  'The bare pass neither decides nor explains, and writes no index, version, link or search text; what it takes is the floor that parsing and node:sqlite set.',
  'Its rate is printed beside ours: it is the ceiling of this machine for one thread.',
  'Memory: of the peak the greater part is garbage that V8 collects late because the machine has much memory; the heap that is alive after each collection is a fraction of it, SQLite’s cache is 64 MB and Node itself about 80 MB.',
  'The same run with V8 told to collect early is printed beside it; it takes more time, so the service does not.',
].join(' ')

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
  const copy = join(folder, 'copy')
  cpSync(filled, copy, { recursive: true })
  const spared = await runProcess<Timed>('synchronizeAll.ts', [copy], sparing)
  rmSync(copy, { recursive: true })
  rmSync(filled, { recursive: true })
  const median = (of: (pair: typeof pairs[number]) => number) => quantile(pairs.map(of), 0.5)
  const milliseconds = median(({ measured }) => measured.milliseconds)
  const bareMilliseconds = median(({ reference }) => reference.milliseconds)
  const ratios = pairs.map(({ measured, reference }) => measured.milliseconds / reference.milliseconds)
  writeMeasurement({
    name, measures, against: 'reading, parsing and writing the same rows by node:sqlite alone, in a process of its own', node: process.version,
    measuredMilliseconds: milliseconds, referenceMilliseconds: bareMilliseconds,
    ratio: quantile(ratios, 0.5), lowerQuartile: quantile(ratios, 0.25), upperQuartile: quantile(ratios, 0.75),
    figures: [
      { name: 'guests', value: Math.round((guests / milliseconds) * 1000), unit: 'objects/s', goal: { is: 'atLeast', value: 10_000 } },
      { name: 'bare pass', value: Math.round((guests / bareMilliseconds) * 1000), unit: 'objects/s' },
      { name: 'processor time', value: Math.round(median(({ measured }) => measured.processorSeconds) * 10) / 10, unit: 's' },
      { name: 'peak memory', value: Math.round(median(({ measured }) => measured.peakMebibytes)), unit: 'MiB', goal: { is: 'atMost', value: 350 } },
      { name: 'peak memory, garbage collected early', value: Math.round(spared.peakMebibytes), unit: 'MiB' },
      { name: 'at', value: Math.round((guests / spared.milliseconds) * 1000), unit: 'objects/s' },
    ],
    explanation,
  })
}
