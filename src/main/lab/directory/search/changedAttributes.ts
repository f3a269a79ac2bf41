import type { Actor } from '../access/actor.ts'
import { mayReadAttribute } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { isDeleted } from '../entries/entry.ts'
import { hasValueHistory } from '../entries/history.ts'
import type { AttributeDefinition } from '../schema/schema.ts'
import { isConstructed, knownAttribute } from '../schema/schema.ts'
import { encodeValue, readAttribute } from './readAttribute.ts'
import type { AnsweredAttribute, Selection } from './selection.ts'

/** `since`: a USN. `links`: whole lists, or what came and went (LDAP_DIRSYNC_INCREMENTAL_VALUES). */
export type ChangeQuery = { readonly since: number; readonly selection: Selection; readonly links: 'whole' | 'incremental' }

/**
 * What DirSync tells of a changed entry: the selected attributes that were written since, a cleared one without values; always objectGUID and instanceType; name
 * and parentGUID where the entry is new or has moved; isDeleted where it was deleted. Null where none of what was selected changed.
 */
export function readChangedAttributes(directory: Directory, actor: Actor, entry: Entry, query: ChangeQuery): readonly AnsweredAttribute[] | null {
  const changed = [...entry.history.attributes].filter(([, usn]) => usn > query.since).map(([name]) => knownAttribute(name))
  const told = changed.filter((attribute) => isTold(actor, entry, attribute, query.selection))
  if (told.length === 0) return null
  const isNamed = told.some((attribute) => attribute.name === 'name')
  const always = [...identity, ...(isNamed ? [parentGuid] : [])].filter((attribute) => !told.includes(attribute))
  const isCleared = (answered: AnsweredAttribute) => answered.values.length === 0 && (query.since === 0 || isDeleted(entry))
  const whole = (attribute: AttributeDefinition) => [answerWhole(directory, actor, entry, attribute)]
  const answers = told.flatMap((attribute) => {
    const isIncremental = query.links === 'incremental' && hasValueHistory(attribute)
    return isIncremental ? answerIncrement(directory, entry, attribute, query.since) : whole(attribute)
  })
  return [...always.flatMap(whole), ...answers].filter((answered) => !isCleared(answered))
}

const identity = [knownAttribute('objectGUID'), knownAttribute('instanceType')]
const parentGuid: AttributeDefinition = knownAttribute('parentGUID')
const alwaysTold: ReadonlySet<string> = new Set(['name', 'isDeleted'])

/** The naming attribute is told by `name` alone (MS-ADTS 3.1.1.3.4.1.3). */
function isTold(actor: Actor, entry: Entry, attribute: AttributeDefinition, selection: Selection): boolean {
  if (attribute.name.toLowerCase() === entry.rdn.attribute.toLowerCase() || isConstructed(attribute) || !mayReadAttribute(actor, attribute)) return false
  return alwaysTold.has(attribute.name) || selection.all || selection.named.some(({ attribute: named }) => named === attribute)
}

function answerWhole(directory: Directory, actor: Actor, entry: Entry, attribute: AttributeDefinition): AnsweredAttribute {
  return { name: attribute.name, values: readAttribute(directory, actor, entry, attribute).map((value) => encodeValue(directory, value)) }
}

/** `member;range=1-1` has the values that came, `member;range=0-0` those that went. */
function answerIncrement(directory: Directory, entry: Entry, attribute: AttributeDefinition, since: number): readonly AnsweredAttribute[] {
  const changes = [...(entry.history.links.get(attribute.name.toLowerCase()) ?? [])].filter(([, change]) => change.usn > since)
  const valuesOf = (status: 'present' | 'removed') => changes.filter(([, change]) => change.status === status).map(([id]) => encodeValue(directory, id))
  const answers = [
    { name: `${attribute.name};range=1-1`, values: valuesOf('present') },
    { name: `${attribute.name};range=0-0`, values: since === 0 ? [] : valuesOf('removed') },
  ]
  return answers.filter((answer) => answer.values.length > 0)
}
