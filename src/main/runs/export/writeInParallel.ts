import type { Value } from '../../../shared/domain/attributes.ts'
import type { Change } from '../../../shared/domain/change.ts'
import { dnKey } from '../../../shared/domain/dn.ts'
import type { PlanLine } from '../../../shared/domain/plan.ts'

/**
 * Changes of different accounts at the same time, at most `limit` of them, begun in the order of the plan. Changes that
 * touch the same account or the same name follow each other: who takes a name waits for who gives it up.
 * No further change begins once `isStopped` says so; those that were begun are waited for.
 */
export async function writeInParallel(lines: AsyncIterable<PlanLine>, limit: number, isStopped: () => boolean, perform: (line: PlanLine) => Promise<void>): Promise<void> {
  const running = new Set<Promise<void>>()
  const lastOf = new Map<string, Promise<void>>()
  /** Bugs of ours: nothing more begins, and nobody closes the connections while others still write. */
  const failures: unknown[] = []
  const begin = (line: PlanLine): void => {
    const keys = touchedNames(line.change)
    const before = keys.flatMap((key) => lastOf.get(key) ?? [])
    const work = Promise.all(before)
      .then(() => (failures.length > 0 || isStopped() ? undefined : perform(line)))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        running.delete(work)
        for (const key of keys) if (lastOf.get(key) === work) lastOf.delete(key)
      })
    running.add(work)
    for (const key of keys) lastOf.set(key, work)
  }
  try {
    for await (const line of lines) {
      if (running.size >= limit) await Promise.race(running)
      if (failures.length > 0 || isStopped()) break
      begin(line)
    }
  } finally {
    await Promise.all(running)
  }
  if (failures.length > 0) throw failures[0]
}

/** The account, and every name that the change gives up or takes (unique in the OU, the domain or the forest). */
export function touchedNames(change: Change): readonly string[] {
  const newDn = change.kind === 'create' ? null : change.newDn
  const dns = [change.dn, newDn].flatMap((dn) => (dn === null ? [] : [`dn:${dnKey(dn)}`]))
  const names = change.attributes.flatMap(({ name, before, after }) => {
    const attribute = name.toLowerCase()
    return uniqueAttributes.has(attribute) ? [...before, ...after].map((value: Value) => `${attribute}:${String(value).toLowerCase()}`) : []
  })
  const account = change.anchor === null ? [] : [`anchor:${change.anchor}`]
  return [...new Set([`person:${change.metaverseId}`, ...account, ...dns, ...names])]
}

const uniqueAttributes: ReadonlySet<string> = new Set(['userprincipalname', 'samaccountname'])
