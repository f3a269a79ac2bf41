import type { Attributes, Schema, SchemaAttribute, Syntax, Value } from '../../src/shared/domain/attributes.ts'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import { childDn, parseDn } from '../../src/shared/domain/dn.ts'
import type { Dn } from '../../src/shared/domain/ids.ts'
import type { MetaverseObject } from '../../src/shared/domain/metaverse.ts'
import type { JoinDecision } from '../../src/shared/domain/lifecycle.ts'
import type { EngineSettings, LifecycleInput } from '../../src/main/engine/contract.ts'
import { testRules } from './testRules.ts'

/** Everything a synchronisation stands on: what both imports brought, and the persons that the last one left behind. */
export type World = {
  readonly guests: readonly ConnectorObject[]
  readonly accounts: readonly ConnectorObject[]
  readonly persons: readonly MetaverseObject[]
  readonly settings: EngineSettings
  readonly hasCompleteDirectoryImport: boolean
  /** Metaverse ids that an export wrote and no import has shown yet. */
  readonly awaiting: ReadonlySet<string>
  /** Account names of the domain outside the managed OUs. */
  readonly otherNames: readonly string[]
  /** What the lifecycle asks for, by metaverse id: whatever is not said is as for somebody of whom nothing is known. */
  readonly lifecycle: Readonly<Record<string, Partial<LifecycleInput>>>
  readonly decisions: readonly JoinDecision[]
}

type Row = Readonly<Record<string, Value | readonly Value[] | null>>

export const guestOu = dnOf('OU=AAD Guest Users,DC=contoso,DC=local')

/** A world from short rows: whatever a row does not say is as for an ordinary guest or account. */
export function world(parts: Partial<World> = {}): World {
  return { guests: [], accounts: [], persons: [], settings: testSettings(), hasCompleteDirectoryImport: true, awaiting: new Set(), otherNames: [], lifecycle: {}, decisions: [], ...parts }
}

/** Up to 16 characters, readable again by `labelOf`; labels with the first 8 characters in common share `Left(id, 18)`. */
export function guidOf(label: string): string {
  const hex = Array.from({ length: 16 }, (_, index) => (label.charCodeAt(index) || 0).toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export function labelOf(guid: string): string {
  const bytes = guid.replaceAll('-', '').match(/../g) ?? []
  return bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join('').replaceAll('\0', '')
}

/** An accepted guest of a partner. null removes what the default says. */
export function guest(label: string, row: Row = {}): ConnectorObject {
  const id = guidOf(label)
  const attributes = attributesOf({
    id, userType: 'Guest', accountEnabled: true, externalUserState: 'Accepted', displayName: `Guest ${label}`, surname: label, givenName: 'Guest',
    userPrincipalName: `${label}_fabrikam.com#EXT#@contoso.onmicrosoft.com`, mail: `${label}@fabrikam.com`, companyName: 'Fabrikam', ...row,
  })
  return { connector: 'entra', anchor: id, objectType: 'user', dn: null, attributes }
}

/** An account that has nothing in common with any guest unless its row says so. `dn` and `cn` name it. */
export function account(label: string, row: Row = {}): ConnectorObject {
  const { dn: dnText = null, ...others } = row
  const cn = typeof others['cn'] === 'string' ? others['cn'] : label
  const dn = typeof dnText === 'string' ? dnOf(dnText) : childDn('CN', cn, guestOu)
  const attributes = attributesOf({ cn, sAMAccountName: label, userAccountControl: 512, objectSid: `S-1-5-21-1-2-3-${1000 + label.length}`, ...others })
  return { connector: 'ad', anchor: guidOf(`ad-${label}`), objectType: 'user', dn, attributes }
}

/** The account that the default rules want the guest to have, made by us. */
export function shadowAccount(label: string, row: Row = {}): ConnectorObject {
  return account(label, {
    cn: guidOf(label), adminDescription: `User_${guidOf(label)}`, sAMAccountName: guidOf(label).slice(0, 20), employeeType: 'Guest', userAccountControl: 262656,
    displayName: `Guest ${label}`, sn: label, givenName: 'Guest', userPrincipalName: `${label}_fabrikam.com#EXT#@contoso.onmicrosoft.com`, mail: `${label}@fabrikam.com`, ...row,
  })
}

export function testSettings(changed: Partial<EngineSettings> = {}): EngineSettings {
  return {
    rules: testRules, parameters: { guestou: guestOu }, managedOus: [guestOu], createForPendingInvitations: true,
    now: '2026-01-01T00:00:00Z', seed: 'seed', directorySchema: testSchema,
    leavers: { action: 'disable', deleteAfterDays: null }, isRecycleBinOn: true, ...changed,
  }
}

export function personIdOf(label: string): string {
  return `entra:${guidOf(label)}`
}

export function dnOf(text: string): Dn {
  const dn = parseDn(text)
  if (!dn.ok) throw new Error(`Not a DN: ${text}`)
  return dn.value
}

function attributesOf(row: Row): Attributes {
  const entries = Object.entries(row).map(([name, value]) => [name, listOf(value)] as const)
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0))
}

function listOf(value: Value | readonly Value[] | null): readonly Value[] {
  if (value === null) return []
  return typeof value === 'object' ? value : [value]
}

const attribute = (name: string, maximum: number | null, syntax: Syntax = 'text', isMultiValued = false): SchemaAttribute => ({ name, syntax, isMultiValued, maximum })

/** Lengths of Active Directory's schema. */
const testSchema: Schema = Object.fromEntries([
  attribute('cn', 64), attribute('displayName', 256), attribute('givenName', 64), attribute('sn', 64), attribute('mail', 256), attribute('employeeType', 256),
  attribute('company', 64), attribute('userPrincipalName', 1024), attribute('sAMAccountName', 256), attribute('adminDescription', 1024), attribute('adminCount', null, 'integer'),
  attribute('userAccountControl', null, 'integer'), attribute('unicodePwd', null, 'binary'), attribute('objectSid', null, 'sid'), attribute('accountExpires', null, 'largeInteger'),
  attribute('manager', null, 'dn'), attribute('memberOf', null, 'dn', true), attribute('otherMailbox', null, 'text', true), attribute('msDS-User-Flag', null, 'boolean'),
].map((entry) => [entry.name.toLowerCase(), entry]))
