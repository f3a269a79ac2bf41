import type { Measurement } from './compare.ts'

/** One way of doing a job through a server; `operations` makes a rate of the time. */
export type Contender = { readonly name: string; readonly work: () => Promise<unknown> }

export type ServerComparison = {
  readonly name: string
  readonly measures: string
  readonly against: string
  /** Objects that one round handles. */
  readonly objects: number
  readonly rounds: number
  readonly measured: Contender
  /** The fastest of them is the reference. */
  readonly references: readonly Contender[]
  /** Measured rate as a share of the reference's: at least, or at most where the measured one should take no longer. */
  readonly goal: number
}

/**
 * Every contender once in each round, in turn, so that a slow moment of the machine hits all. The ratio is that of rates
 * (measured / best reference): above 1 means faster. Writes one line of JSON for `npm run bench`.
 */
export async function compareServers(comparison: ServerComparison): Promise<void> {
  const { measured, references, objects, rounds } = comparison
  const contenders = [measured, ...references]
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, work } of contenders) {
      const start = performance.now()
      await work()
      // The first round warms caches and compilers of both sides.
      if (round > 0) times.get(name)?.push(performance.now() - start)
    }
  }
  const medians = contenders.map(({ name }) => ({ name, milliseconds: quantile(times.get(name) ?? [], 0.5) }))
  const own = medians[0]?.milliseconds ?? Number.NaN
  const best = medians.slice(1).toSorted((left, right) => left.milliseconds - right.milliseconds)[0]
  if (best === undefined) throw new Error(`${comparison.name} has no reference`)
  const ratios = (times.get(measured.name) ?? []).map((time, index) => (times.get(best.name)?.[index] ?? Number.NaN) / time)
  const measurement: Measurement = {
    name: comparison.name, measures: comparison.measures, against: `${comparison.against} (${best.name})`, node: process.version,
    measuredMilliseconds: own, referenceMilliseconds: best.milliseconds,
    ratio: best.milliseconds / own, lowerQuartile: quantile(ratios, 0.25), upperQuartile: quantile(ratios, 0.75),
    goal: { ratio: comparison.goal, is: 'atLeast' },
    figures: medians.map(({ name, milliseconds }) => ({ name, value: Math.round((objects / milliseconds) * 1000), unit: 'objects/s' })),
  }
  console.log(JSON.stringify(measurement))
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
}
