/** One thing that is measured next to something well known that does comparable work. */
export type Comparison = {
  readonly name: string
  /** What `measured` and `reference` do in words, so that the ratio can be read without the source. */
  readonly measures: string
  readonly against: string
  readonly measured: () => unknown
  readonly reference: () => unknown
}

/** Milliseconds are of this machine; the ratio of both is what travels. */
export type Measurement = {
  readonly name: string
  readonly measures: string
  readonly against: string
  /** Version of the Node that ran it. */
  readonly node: string
  readonly measuredMilliseconds: number
  readonly referenceMilliseconds: number
  /** Median over the rounds of measured / reference, and the quarters around it. */
  readonly ratio: number
  readonly lowerQuartile: number
  readonly upperQuartile: number
  /** What the ratio should be; missing where the row only informs. */
  readonly goal?: { readonly ratio: number; readonly is: 'atLeast' | 'atMost' }
  /** Absolute figures of this machine beside the ratio. */
  readonly figures?: readonly { readonly name: string; readonly value: number; readonly unit: string }[]
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
  const { name, measures, against } = comparison
  const measurement: Measurement = {
    name,
    measures,
    against,
    node: process.version,
    measuredMilliseconds: quantile(kept.map((pair) => pair.measured), 0.5),
    referenceMilliseconds: quantile(kept.map((pair) => pair.reference), 0.5),
    ratio: quantile(ratios, 0.5),
    lowerQuartile: quantile(ratios, 0.25),
    upperQuartile: quantile(ratios, 0.75),
  }
  console.log(JSON.stringify(measurement))
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

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
}
