import { counterNames, type CounterName, type Counters } from '../../../../shared/domain/run.ts'
import type { texts } from '../../texts.ts'

export type CounterGroup = keyof typeof texts.runs.groups
export type Counted = { readonly name: CounterName; readonly count: number }

/** MIM's counters in MIM's order, under the part of the run that counts them; what is zero is left out. */
export function groupCounters(counters: Counters): readonly (readonly [CounterGroup, readonly Counted[]])[] {
  const counted = counterNames.flatMap((name): readonly Counted[] => { const count = counters[name] ?? 0; return count === 0 ? [] : [{ name, count }] })
  return [...Map.groupBy(counted, ({ name }) => groupOf(name))]
}

/** The counters that say what changed, for one line of the list. */
export function mostTelling(counters: Counters): readonly Counted[] {
  return groupCounters(counters).flatMap(([, counted]) => counted).filter(({ name }) => !quiet.has(name))
}

const quiet: ReadonlySet<CounterName> = new Set(['stagingUnchanged', 'connectorsWithoutFlowUpdates', 'connectorsWithFlowUpdates', 'filteredDisconnectors'])

function groupOf(name: CounterName): CounterGroup {
  if (name.startsWith('staging')) return 'staging'
  if (name === 'exportAttributeFlow' || name === 'leavers' || name === 'holds' || name.startsWith('provisioning') || name.startsWith('absences')) return 'provisioning'
  return name.startsWith('export') ? 'export' : 'synchronization'
}
