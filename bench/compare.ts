import { quantile, writeMeasurement, type Measurement } from './measurement.ts'

/** One thing that is measured next to something well known that does comparable work. */
export type Comparison = {
  readonly name: string
  /** What `measured` and `reference` do in words, so that the ratio can be read without the source. */
  readonly measures: string
  readonly against: string
  readonly measured: () => unknown
  readonly reference: () => unknown
  readonly goal?: NonNullable<Measurement['goal']>
  readonly explanation?: string
}

const warmUpRounds = 3
const rounds = 15

/**
 * Measures both in turn in every round, so that a slow moment of the machine hits both, and writes the result as one
 * line of JSON for `npm run bench`.
 */
export function compare(comparison: Comparison): void {
  const pairs = Array.from({ length: warmUpRounds + rounds }, () => ({ measured: time(comparison.measured), reference: time(comparison.reference) }))
  const kept = pairs.slice(warmUpRounds)
  const ratios = kept.map((pair) => pair.measured / pair.reference)
  const { name, measures, against, goal, explanation } = comparison
  writeMeasurement({
    name,
    measures,
    against,
    node: process.version,
    measuredMilliseconds: quantile(kept.map((pair) => pair.measured), 0.5),
    referenceMilliseconds: quantile(kept.map((pair) => pair.reference), 0.5),
    ratio: quantile(ratios, 0.5),
    lowerQuartile: quantile(ratios, 0.25),
    upperQuartile: quantile(ratios, 0.75),
    ...(goal === undefined ? {} : { goal }),
    ...(explanation === undefined ? {} : { explanation }),
  })
}

/** Results are kept until the time is taken, so that the work cannot be optimised away. */
const results = new Array<unknown>()

function time(work: () => unknown): number {
  const start = performance.now()
  results.push(work())
  const end = performance.now()
  results.length = 0
  return end - start
}
