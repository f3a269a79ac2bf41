import type { Input } from '../../shared/api/contract.ts'
import type { ObjectHistory, RunTime } from '../../shared/api/windowCalls.ts'
import { historyOf, valuesSince, type KeptVersion } from '../../shared/domain/objectHistory.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { findObject } from '../runs/findObject.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** What happened to a person and to both ends, as far back as versions are kept, newest first. */
export async function showHistory({ reader }: WorkspaceSession, { id, limit }: Input<'objects.history'>): Promise<Result<ObjectHistory, Problem>> {
  const found = await findObject(reader, id)
  if (!found.ok) return found
  const { person, guest, account } = found.value
  const kept: readonly { readonly of: ObjectHistory['entries'][number]['of']; readonly versions: readonly KeptVersion[] }[] = [
    { of: 'person', versions: person === null ? [] : await reader.versionsOfPerson(person.id) },
    { of: 'entra', versions: guest === null ? [] : await reader.versionsOfConnectorObject('entra', guest.object.anchor) },
    { of: 'ad', versions: account === null ? [] : await reader.versionsOfConnectorObject('ad', account.object.anchor) },
  ]
  const entries = kept.flatMap(({ of, versions }) => historyOf(versions).map((step) => ({ of, ...step }))).toSorted((left, right) => right.run - left.run)
  const shown = entries.slice(0, limit)
  const since = valuesSince(kept[0]?.versions ?? [])
  const times = new Map<number, RunTime | null>()
  for (const number of new Set([...shown.map(({ run }) => run), ...Object.values(since)])) {
    const run = await reader.run(number)
    times.set(number, run === null ? null : { at: run.endedAt ?? run.startedAt, step: run.step })
  }
  const timeOf = (run: number): RunTime | null => times.get(run) ?? null
  return succeed({
    entries: shown.map((entry) => ({ ...entry, time: timeOf(entry.run) })),
    total: entries.length,
    since: Object.fromEntries(Object.entries(since).map(([name, run]) => [name, { run, time: timeOf(run) }])),
  })
}
