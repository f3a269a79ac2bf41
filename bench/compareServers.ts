import { quantile, writeMeasurement, type Figure } from './measurement.ts'

/** One way of doing a job; resolves when it is done. What has to be cleared away before the next round is not measured. */
export type Contender = { readonly name: string; readonly work: () => Promise<unknown>; readonly clearAway?: () => Promise<unknown> }

export type ServerComparison = {
  readonly name: string
  readonly measures: string
  readonly against: string
  /** Objects that one round handles; makes a rate of the time. */
  readonly objects: number
  readonly rounds: number
  readonly measured: Contender
  /** The fastest of them is the reference. */
  readonly references: readonly Contender[]
  /** Run beside the others and printed, without being a reference. */
  readonly beside?: readonly Contender[]
  /** Measured rate as a share of the reference's. */
  readonly goal: number | null
  /** Made of what was measured: the rate of each contender (objects/s) by its name. */
  readonly explain?: (rateOf: (name: string) => number) => string
}

/**
 * Every contender once in each round, in turn, so that a slow moment of the machine hits all. The ratio is that of rates
 * (measured / best reference): above 1 means faster. Answers what it wrote about each contender.
 */
export async function compareServers(comparison: ServerComparison): Promise<readonly Figure[]> {
  const { measured, references, beside = [], objects, goal, explain } = comparison
  const times = await timeInTurn([measured, ...references, ...beside], comparison.rounds)
  const medianOf = ({ name }: Contender) => quantile(times.get(name) ?? [], 0.5)
  const best = references.toSorted((left, right) => medianOf(left) - medianOf(right))[0]
  if (best === undefined) throw new Error(`${comparison.name} has no reference`)
  const ratios = (times.get(measured.name) ?? []).map((time, index) => (times.get(best.name)?.[index] ?? Number.NaN) / time)
  const figures = [measured, ...references, ...beside].map((contender): Figure => ({
    name: contender.name, value: Math.round((objects / medianOf(contender)) * 1000), unit: 'objects/s',
  }))
  writeMeasurement({
    name: comparison.name, measures: comparison.measures, against: `${comparison.against} (${best.name}); ratio of rates`, node: process.version,
    measuredMilliseconds: medianOf(measured), referenceMilliseconds: medianOf(best),
    ratio: quantile(ratios, 0.5), lowerQuartile: quantile(ratios, 0.25), upperQuartile: quantile(ratios, 0.75),
    ...(goal === null ? {} : { goal: { ratio: goal, is: 'atLeast' } }),
    figures,
    ...(explain === undefined ? {} : { explanation: explain((name) => figures.find((figure) => figure.name === name)?.value ?? Number.NaN) }),
  })
  return figures
}

/** Milliseconds of each round, by name. The first round warms caches and compilers of all sides and does not count. */
export async function timeInTurn(contenders: readonly Contender[], rounds: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, work, clearAway } of contenders) {
      const start = performance.now()
      await work()
      if (round > 0) times.get(name)?.push(performance.now() - start)
      await clearAway?.()
    }
  }
  return times
}
