import type { CreateChange, ExistingChange } from '../../src/shared/domain/change.ts'
import { parseDn } from '../../src/shared/domain/dn.ts'
import { parseObjectGuid, type Dn, type ObjectGuid } from '../../src/shared/domain/ids.ts'
import type { PlanHeader } from '../../src/shared/domain/plan.ts'

export const header: PlanHeader = {
  format: 'guestbridge-plan', version: 1, workspace: '0b7d3c5e-7f2a-4b7c-9b1e-1c7a2f3d4e5f', tenant: '11111111-2222-3333-4444-555555555555',
  domainSid: 'S-1-5-21-1-2-3', runs: { synchronization: 3, adImport: 1, entraImport: 2 }, rulesHash: 'ab'.repeat(32), plannedAt: '2026-11-20T08:00:00.000Z',
}

export function dn(text: string): Dn {
  const parsed = parseDn(text)
  if (!parsed.ok) throw new Error(`Not a DN: ${text}`)
  return parsed.value
}

export function guid(number: number): ObjectGuid {
  const parsed = parseObjectGuid(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`)
  if (!parsed.ok) throw new Error(`Not a GUID: ${number}`)
  return parsed.value
}

const from = { rule: 'AD-B2B-OUT', source: 'userPrincipalName', connector: 'entra' } as const
const subject = { displayName: 'Ana Souza', company: 'Fabrikam', userPrincipalName: null, mail: null, entraId: null }

export function createOf(number: number, more: Partial<CreateChange> = {}): CreateChange {
  return {
    kind: 'create', anchor: null, dn: dn(`CN=${guid(number)},OU=Guests,DC=contoso,DC=test`), metaverseId: `entra:${guid(number)}`, subject,
    reason: { kind: 'guestWithoutAccount' }, rule: 'AD-B2B-OUT', undo: { kind: 'disablesAccount' },
    attributes: [
      { name: 'displayName', before: [], after: ['Ana Souza'], from },
      { name: 'unicodePwd', before: [], after: [], from, isGenerated: true },
      { name: 'userAccountControl', before: [], after: [262656], from },
      { name: 'userPrincipalName', before: [], after: ['ana_fabrikam.com#EXT#@contoso.onmicrosoft.com'], from },
    ],
    ...more,
  }
}

export function updateOf(number: number, more: Partial<ExistingChange> = {}): ExistingChange {
  return {
    kind: 'update', anchor: guid(number), dn: dn(`CN=${guid(number)},OU=Guests,DC=contoso,DC=test`), newDn: null, metaverseId: `entra:${guid(number)}`, subject,
    reason: { kind: 'attributesDiffer', attributes: ['sn'] }, rule: 'AD-B2B-OUT', undo: { kind: 'writesFormerValues' },
    attributes: [{ name: 'sn', before: ['Muller'], after: ['Müller'], from }],
    precondition: { values: { sn: ['Muller'] }, userAccountControl: { mask: 2, value: 512 } },
    ...more,
  }
}
