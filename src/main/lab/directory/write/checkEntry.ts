import type { Actor } from '../access/actor.ts'
import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { classOf, textsOf, valuesOf } from '../entries/entry.ts'
import { missingAttribute, notInClass } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { firstRefusal, refusalAmong } from '../refusal.ts'
import { allowedNames, rulesOf } from '../schema/classRules.ts'
import { knownAttribute } from '../schema/schema.ts'
import { checkAccountControl, checkAccountNameForm } from './accountRules.ts'
import { checkResourceTrust, trustOfResource } from './resourceTrust.ts'
import { checkAccountName, checkPrincipalName, checkServicePrincipalNames } from './uniqueness.ts'
import { checkValues } from './values.ts'

/**
 * Everything that must hold for an entry as it would be after a write, in the order in which Windows looks. `before` is null for a new one; only what a write
 * touches is checked, so that an old fault does not block a change of something else.
 */
export function checkEntry(directory: Directory, actor: Actor, before: Entry | null, after: Entry, hasPassword: boolean): Refusal | null {
  const touched = touchedNames(before, after)
  const has = (name: string) => touched.includes(name.toLowerCase())
  return firstRefusal(
    () => checkClass(after, touched),
    () => refusalAmong(touched, (name) => checkValues(after, knownAttribute(name), valuesOf(after, name))),
    () => (has('sAMAccountName') ? (checkAccountNameForm(after) ?? checkAccountName(directory, after)) : null),
    () => (has('userPrincipalName') ? checkPrincipalName(directory, after) : null),
    () => (has('servicePrincipalName') ? checkServicePrincipalNames(directory, after) : null),
    () => (has(trustOfResource) ? checkResourceTrust(actor, after) : null),
    () => checkAccountControl(actor, before, after, hasPassword),
  )
}

/** Attributes that differ, in lower case. */
export function touchedNames(before: Entry | null, after: Entry): readonly string[] {
  const names = new Set([...(before?.attributes.keys() ?? []), ...after.attributes.keys()])
  return [...names].filter((name) => before?.attributes.get(name) !== after.attributes.get(name))
}

/** mustContain and mayContain of the class, its ancestors and auxiliary classes (MS-ADTS 3.1.1.5.1.1). */
function checkClass(entry: Entry, touched: readonly string[]): Refusal | null {
  const allowed = allowedNames(textsOf(entry, 'objectClass'))
  const stranger = touched.find((name) => entry.attributes.has(name) && !allowed.has(name))
  if (stranger !== undefined) return notInClass(knownAttribute(stranger))
  const missing = [...rulesOf(classOf(entry)).must].find((name) => !entry.attributes.has(name) && !madeByServer.has(name))
  return missing === undefined ? null : missingAttribute(knownAttribute(missing))
}

/** Mandatory in `top`; not kept by this server yet. */
const madeByServer: ReadonlySet<string> = new Set(['ntsecuritydescriptor'])
