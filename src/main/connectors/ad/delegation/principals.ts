import { textOf, valuesOf } from '../../../../shared/domain/attributes.ts'
import type { Attributes } from '../../../../shared/domain/attributes.ts'
import { decodeBase64 } from '../../../../shared/domain/base64.ts'
import type { ConnectorObject } from '../../../../shared/domain/connectorObject.ts'
import type { PrincipalFacts, Reading, ResourceTrust } from '../../../../shared/domain/delegation.ts'
import { parseObjectGuid, parseSid } from '../../../../shared/domain/ids.ts'
import type { Dn, ObjectGuid } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { readTrust } from '../../../../shared/domain/resourceTrust.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { PrincipalQuery } from '../../delegationPorts.ts'
import type { Conversation } from '../conversation.ts'
import type { DirectorySchema } from '../directorySchema.ts'
import { dnsNameOf } from '../dnsNameOf.ts'
import { isoFromFileTime } from '../fileTime.ts'
import { findObjectsByValue, readOne } from '../readObjects.ts'

/** What every search may ask for. */
export const storedAttributes = [
  'objectGUID', 'objectSid', 'objectClass', 'sAMAccountName', 'userPrincipalName', 'dNSHostName', 'displayName', 'userAccountControl', 'accountExpires', 'pwdLastSet',
  'msDS-SupportedEncryptionTypes', 'operatingSystemVersion', 'primaryGroupID', 'adminCount', 'servicePrincipalName', 'msDS-AllowedToDelegateTo', 'msDS-AllowedToActOnBehalfOfOtherIdentity',
] as const
/** Constructed for whoever asks; tokenGroups only where one object is asked for (MS-ADTS 3.1.1.4.5.19). */
const constructedAttributes = ['msDS-User-Account-Control-Computed', 'tokenGroups', 'allowedAttributesEffective'] as const

/** Accounts of the domain; other objects that have the value (groups, contacts) are none. */
export async function findPrincipals(link: Conversation, schema: DirectorySchema, query: PrincipalQuery, signal: AbortSignal): Promise<Result<readonly PrincipalFacts[], Problem>> {
  const sought = soughtBy(query)
  if (typeof sought === 'string') {
    const found = await readPrincipal(link, schema, sought, signal)
    return found.ok ? succeed(found.value === null ? [] : [found.value]) : found
  }
  const objects = await findObjectsByValue(link, schema, sought, ['objectGUID', 'objectClass'], signal)
  if (!objects.ok) return objects
  const principals: PrincipalFacts[] = []
  for (const object of objects.value.filter((candidate) => classOf(candidate.attributes) !== null)) {
    const found = object.dn === null ? succeed(null) : await readPrincipal(link, schema, object.dn, signal)
    if (!found.ok) return found
    // Gone since it was found.
    if (found.value !== null) principals.push(found.value)
  }
  return succeed(principals)
}

/** One account with all that delegation asks of it; null where there is none. */
export async function readPrincipal(link: Conversation, schema: DirectorySchema, target: ObjectGuid | Dn, signal: AbortSignal): Promise<Result<PrincipalFacts | null, Problem>> {
  const found = await readOne(link, schema, target, [...storedAttributes, ...constructedAttributes], signal)
  if (!found.ok) return found
  return found.value === null ? succeed(null) : describePrincipal(found.value, readConstructed(found.value.attributes))
}

/** What only the controllers of the account's own domain tell. */
export type ConstructedFacts = Pick<PrincipalFacts, 'computedControl' | 'trust' | 'tokenGroups' | 'writableAttributes'>

/** Null: the object is no account. Problem `limitedInformation`: it is one, and what every account may read did not come. */
export function describePrincipal({ anchor, dn, attributes }: ConnectorObject, constructed: ConstructedFacts): Result<PrincipalFacts | null, Problem> {
  const objectClass = classOf(attributes)
  if (objectClass === null || dn === null) return succeed(null)
  const [guid, sid] = [parseObjectGuid(anchor), parseSid(textOf(attributes, 'objectSid') ?? '')]
  const [accountName, userAccountControl] = [textOf(attributes, 'sAMAccountName'), numberOf(attributes, 'userAccountControl')]
  if (!guid.ok || !sid.ok || accountName === null || userAccountControl === null) return fail(limited(dn))
  return succeed({
    anchor: guid.value, dn, sid: sid.value, domain: dnsNameOf(dn).toLowerCase(), objectClass, accountName, userAccountControl,
    userPrincipalName: textOf(attributes, 'userPrincipalName'), dnsHostName: textOf(attributes, 'dNSHostName'), displayName: textOf(attributes, 'displayName'),
    accountExpires: isoFromFileTime(textOf(attributes, 'accountExpires') ?? ''), passwordSetAt: isoFromFileTime(textOf(attributes, 'pwdLastSet') ?? ''),
    encryptionTypes: numberOf(attributes, 'msDS-SupportedEncryptionTypes'), operatingSystemVersion: textOf(attributes, 'operatingSystemVersion'),
    primaryGroupId: numberOf(attributes, 'primaryGroupID'), adminCount: numberOf(attributes, 'adminCount'),
    servicePrincipalNames: textsOf(attributes, 'servicePrincipalName'), allowedToDelegateTo: textsOf(attributes, 'msDS-AllowedToDelegateTo'), ...constructed,
  })
}

function soughtBy(query: PrincipalQuery): ObjectGuid | Dn | { readonly attribute: string; readonly value: string } {
  switch (query.by) {
    case 'anchor': return query.anchor
    case 'dn': return query.dn
    case 'accountName': return { attribute: 'sAMAccountName', value: query.accountName }
    case 'dnsHostName': return { attribute: 'dNSHostName', value: query.dnsHostName }
    case 'userPrincipalName': return { attribute: 'userPrincipalName', value: query.userPrincipalName }
    case 'sid': return { attribute: 'objectSid', value: query.sid }
  }
}

/** The most specific first: a group managed service account is a computer, which is a user (MS-ADSC). */
const classes: readonly (readonly [string, PrincipalFacts['objectClass']])[] = [
  ['msds-groupmanagedserviceaccount', 'groupManagedServiceAccount'], ['msds-managedserviceaccount', 'managedServiceAccount'], ['computer', 'computer'], ['user', 'user'],
]

function classOf(attributes: Attributes): PrincipalFacts['objectClass'] | null {
  const own = textsOf(attributes, 'objectClass').map((name) => name.toLowerCase())
  return classes.find(([name]) => own.includes(name))?.[1] ?? null
}

function readConstructed(attributes: Attributes): ConstructedFacts {
  const control = numberOf(attributes, 'msDS-User-Account-Control-Computed')
  const groups = textsOf(attributes, 'tokenGroups').map(parseSid)
  return {
    computedControl: control === null ? notCome('msDS-User-Account-Control-Computed') : { kind: 'read', value: control },
    trust: { kind: 'read', value: readTrustOf(attributes) },
    // Every account is in its primary group: no groups at all means that they may not be read.
    tokenGroups: groups.length === 0 ? notCome('tokenGroups') : { kind: 'read', value: groups.flatMap((group) => (group.ok ? [group.value] : [])) },
    // Missing where nothing may be written.
    writableAttributes: { kind: 'read', value: textsOf(attributes, 'allowedAttributesEffective').map((name) => name.toLowerCase()) },
  }
}

function readTrustOf(attributes: Attributes): ResourceTrust | null {
  const octets = decodeBase64(textOf(attributes, 'msDS-AllowedToActOnBehalfOfOtherIdentity') ?? '')
  return octets === null || octets.length === 0 ? null : readTrust(octets)
}

function numberOf(attributes: Attributes, name: string): number | null {
  const text = textOf(attributes, name)
  return text === null || !/^-?\d+$/.test(text) ? null : Number(text)
}

function textsOf(attributes: Attributes, name: string): readonly string[] {
  return valuesOf(attributes, name).map(String)
}

function notCome(attribute: string): Reading<never> {
  return { kind: 'notRead', why: `The directory did not answer ${attribute}: the account of the connection may not read it.` }
}

function limited(dn: Dn): Problem {
  return {
    kind: 'limitedInformation', message: `Reading ${dn} failed: objectSid, sAMAccountName or userAccountControl did not come with it.`,
    remedy: 'Let the synchronisation account read the object; every account may by default.',
  }
}
