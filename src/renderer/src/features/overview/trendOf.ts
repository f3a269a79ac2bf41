import type { Counters, CounterName, Run } from '../../../../shared/domain/run.ts'
import type { texts } from '../../texts.ts'

export type TrendSeries = keyof typeof texts.overview.series
export type TrendBar = { readonly run: Run; readonly parts: readonly { readonly series: TrendSeries; readonly count: number }[]; readonly total: number }

export const plannedSeries: Readonly<Partial<Record<TrendSeries, readonly CounterName[]>>> = {
  delete: ['provisioningDeletes'], disable: ['provisioningDisables'], rename: ['provisioningRenames'], adopt: ['provisioningAdopts'], update: ['exportAttributeFlow'], enable: ['provisioningEnables'], restore: ['provisioningRestores'], create: ['provisioningAdds'],
}
export const writtenSeries: Readonly<Partial<Record<TrendSeries, readonly CounterName[]>>> = {
  failed: ['exportErrors', 'exportDrift'], delete: ['exportDeletes'], rename: ['exportRenames'], update: ['exportUpdates'], create: ['exportAdds'],
}

/** One bar a run, the oldest first; only what was counted. */
export function trendOf(runs: readonly Run[], series: typeof plannedSeries, length: number): readonly TrendBar[] {
  const newest = runs.toSorted((left, right) => right.id - left.id).slice(0, length)
  return newest.toReversed().map((run) => {
    const parts = (Object.entries(series) as (readonly [TrendSeries, readonly CounterName[]])[]).flatMap(([name, counters]) => {
      const count = sum(run.counters, counters)
      return count === 0 ? [] : [{ series: name, count }]
    })
    return { run, parts, total: parts.reduce((all, { count }) => all + count, 0) }
  })
}

function sum(counters: Counters, names: readonly CounterName[]): number {
  return names.reduce((all, name) => all + (counters[name] ?? 0), 0)
}
