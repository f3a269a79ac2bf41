import type { Change } from '../src/shared/domain/change.ts'
import { parseDn } from '../src/shared/domain/dn.ts'

const rule = 'Guest account'

/** Creates as a first cycle plans them: the attributes and reasons of the default rules, each with values of its own. */
export function sampleChanges(count: number): readonly Change[] {
  return Array.from({ length: count }, (_, index) => sampleCreate(index))
}

function sampleCreate(index: number): Change {
  const id = `3f2a7c10-0000-4000-8000-${index.toString(16).padStart(12, '0')}`
  const upn = `guest.${index}_partner.example#EXT#@contoso.onmicrosoft.com`
  const values = {
    displayName: `Gäst № ${index}`, employeeType: 'Guest', givenName: 'Gäst', mail: `guest.${index}@partner.example`,
    sAMAccountName: id.slice(0, 20), sn: `№ ${index}`, userPrincipalName: upn,
  }
  return {
    kind: 'create',
    metaverseId: id,
    anchor: null,
    dn: sampleDn(index),
    subject: { displayName: values.displayName, company: 'Partner', userPrincipalName: upn, mail: values.mail, entraId: id },
    reason: { kind: 'guestWithoutAccount' },
    rule,
    attributes: Object.entries(values).map(([name, value]) => ({ name, before: [], after: [value], from: { rule, source: name, connector: 'entra' } })),
    undo: { kind: 'disablesAccount' },
  }
}

/** Every fourth name has what needs escaping. */
export function sampleDnText(index: number): string {
  const name = index % 4 === 0 ? `Partner\\, Gäst \\+ ${index}` : `3f2a7c10-0000-4000-8000-${index.toString(16).padStart(12, '0')}`
  return `CN=${name},OU=AAD Guest Users,OU=Partners,DC=contoso,DC=local`
}

function sampleDn(index: number): Change['dn'] {
  const dn = parseDn(sampleDnText(index))
  if (!dn.ok) throw new Error(`The sample name is wrong: ${sampleDnText(index)}`)
  return dn.value
}
