import type { NewDelegationEntry } from '../../src/main/store/delegationJournal.ts'
import type { DelegationChange } from '../../src/shared/domain/delegationPlan.ts'
import { parseSid, type Sid } from '../../src/shared/domain/ids.ts'
import { dn, guid, morning } from './rows.ts'

export const domainSid = sid('S-1-5-21-1004336348-1177238915-682003330')

export function sid(text: string): Sid {
  const parsed = parseSid(text)
  if (!parsed.ok) throw new Error(`The fixture has no SID: ${text}`)
  return parsed.value
}

/** An SPN that is added to the list of connector `number`. */
export function allowedService(number: number): DelegationChange {
  return {
    kind: 'delegation', anchor: guid(number), dn: dn(`CN=CONNECTOR0${number},OU=Servers,DC=contoso,DC=local`), accountName: `CONNECTOR0${number}$`,
    attribute: 'msDS-AllowedToDelegateTo', before: [], after: ['HTTP/intranet.contoso.local'],
    reason: `CONNECTOR0${number}$ is to delegate to HTTP/intranet.contoso.local`, needsPrivilege: true, cautions: [],
  }
}

export function delegationEntryOf(run: number, change: DelegationChange, values: Partial<NewDelegationEntry> = {}): NewDelegationEntry {
  return { run, planHash: 'plan', changeHash: `${change.anchor} ${change.attribute}`, domainSid, controller: 'dc1.contoso.local', boundAs: 'u:CONTOSO\\guestbridge', change, at: morning, ...values }
}
