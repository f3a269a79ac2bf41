import type { SearchEntry } from 'ldapts'
import type { Attributes, Schema, Value } from '../../../shared/domain/attributes.ts'
import { rdnOf } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
import type { DeltaChange, DeltaRequest } from '../connector.ts'
import type { Conversation } from './conversation.ts'
import { describeChange, findPartialAttributes } from './entries.ts'
import { isManaged } from './managedOus.ts'
import { readUsers } from './readUsers.ts'
import { textIn } from './rootDse.ts'

/** DirSync brings what changed; by uSNChanged only that something did. */
export type Delivered = 'whatChanged' | 'whoChanged'
export type DescribedChanges = { readonly changes: readonly DeltaChange[]; readonly problems: readonly ObjectProblem[] }

/**
 * What a directory delivered, as changes of the connector space. Deleted or moved out of the managed OUs: removed, if it was known.
 * Strangers (new, moved in, restored) are read in full, since only what changed comes with them.
 */
export async function describeChanges(conversation: Conversation, entries: readonly SearchEntry[], schema: Schema, delivered: Delivered, request: DeltaRequest): Promise<Result<DescribedChanges, Problem>> {
  const { seen, problems } = sortOut(entries, (entry, change) => classify(entry, change, schema, delivered, conversation.connection.managedOus), schema)
  const known = await request.known([...new Set(seen.map(({ anchor }) => anchor))])
  const wanted = seen.filter((each) => each.kind === 'whole' || (each.kind === 'changed' && !known.has(each.anchor))).map(({ anchor }) => anchor)
  const whole = await readUsers(conversation, [...new Set(wanted)], schema, request.signal)
  if (!whole.ok) return whole
  const changes = seen.flatMap((each): readonly DeltaChange[] => {
    const isKnown = known.has(each.anchor)
    if (each.kind === 'removed') return isKnown ? [each] : []
    if (each.kind === 'changed' && isKnown) return [each]
    const object = whole.value.objects.get(each.anchor)
    // Gone again or no person: the next delta says what became of it.
    return object === undefined ? [] : [{ kind: 'replaced', object }]
  })
  return succeed({ changes, problems: [...problems, ...whole.value.problems] })
}

type Seen = Exclude<DeltaChange, { readonly kind: 'replaced' }> | { readonly kind: 'whole'; readonly anchor: string }

type Change = { readonly anchor: string; readonly dn: Dn; readonly attributes: Attributes }

function sortOut(entries: readonly SearchEntry[], see: (entry: SearchEntry, change: Change) => Seen, schema: Schema): { readonly seen: readonly Seen[]; readonly problems: readonly ObjectProblem[] } {
  const seen: Seen[] = []
  const problems: ObjectProblem[] = []
  for (const entry of entries) {
    const described = describeChange(entry, schema)
    if (!described.ok) problems.push(described.problem)
    else seen.push(see(entry, described.value))
  }
  return { seen, problems }
}

function classify(entry: SearchEntry, { anchor, dn, attributes }: Change, schema: Schema, delivered: Delivered, managedOus: readonly Dn[]): Seen {
  if (textIn(entry, 'isDeleted') === 'TRUE') return { kind: 'removed', anchor, why: 'deleted' }
  if (!isManaged(dn, managedOus)) return { kind: 'removed', anchor, why: 'movedOut' }
  // isDeleted without a value: it was deleted and came back, with less than it had.
  const isRestored = entry.attributes.some(({ type }) => type.toLowerCase() === 'isdeleted')
  if (delivered === 'whoChanged' || isRestored || findPartialAttributes(entry).length > 0) return { kind: 'whole', anchor }
  return { kind: 'changed', anchor, dn, attributes: { ...attributes, ...namesOf(dn, schema) } }
}

/** The RDN attribute and the DN never come by DirSync; the entry's own name has them. */
function namesOf(dn: Dn, schema: Schema): Attributes {
  const names: readonly (readonly [string, Value])[] = [['cn', rdnOf(dn).value], ['distinguishedName', dn]]
  return Object.fromEntries(names.flatMap(([name, value]) => {
    const known = schema[name.toLowerCase()]
    return known === undefined ? [] : [[known.name, [value]]]
  }))
}
