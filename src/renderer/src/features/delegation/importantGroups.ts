import type { DelegationFacts } from '../../../../shared/domain/delegation.ts'
import type { Sid } from '../../../../shared/domain/ids.ts'

/** Well-known groups that decide about delegation (MS-DTYP 2.4.2.4): who reads groups of accounts, who is protected, who has power. */
const builtIn: Readonly<Record<string, string>> = {
  'S-1-5-32-544': 'Administrators', 'S-1-5-32-548': 'Account Operators', 'S-1-5-32-554': 'Pre-Windows 2000 Compatible Access', 'S-1-5-32-560': 'Windows Authorization Access Group',
}
const ofDomain: Readonly<Record<string, string>> = { 512: 'Domain Admins', 516: 'Domain Controllers', 518: 'Schema Admins', 519: 'Enterprise Admins', 525: 'Protected Users' }

/** Names of the groups that matter for delegation; membership in all others is beside the point. */
export function importantGroups(groups: readonly Sid[], { domains }: DelegationFacts): readonly string[] {
  return groups.flatMap((sid) => {
    const known = builtIn[sid]
    if (known !== undefined) return [known]
    const domain = domains.find((candidate) => sid.startsWith(`${candidate.sid}-`))
    const name = domain === undefined ? undefined : ofDomain[sid.slice(domain.sid.length + 1)]
    return name === undefined ? [] : [name]
  })
}
