import { loadavg } from 'node:os'

export type Goal = { readonly is: 'atLeast' | 'atMost' }

/** Milliseconds are of this machine; the ratio of both is what travels. */
export type Measurement = {
  readonly name: string
  readonly measures: string
  readonly against: string
  /** Version of the Node that ran it. */
  readonly node: string
  readonly measuredMilliseconds: number
  readonly referenceMilliseconds: number
  /** Median over the rounds of measured / reference, and the quarters around it; of rates where the row says so. */
  readonly ratio: number
  readonly lowerQuartile: number
  readonly upperQuartile: number
  /** What the ratio should be; missing where the row only informs. */
  readonly goal?: Goal & { readonly ratio: number }
  /** Absolute figures of this machine beside the ratio. */
  readonly figures?: readonly Figure[]
  /** Where a goal is not reached everywhere: what the server or the library costs alone. */
  readonly explanation?: string
}

export type Figure = { readonly name: string; readonly value: number; readonly unit: string; readonly goal?: Goal & { readonly value: number } }

/** One line of JSON, as `npm run bench` reads it, with how many processes wanted a core in its last five minutes. */
export function writeMeasurement(measurement: Measurement): void {
  console.log(JSON.stringify({ ...measurement, load: loadavg()[1] ?? 0 }))
}

/** The value below which `share` of the values lie; the median at 0.5. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN
}
