import { rdnOf } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import { failed, notChecked, notRead, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { DomainWorld } from './domainWorld.ts'
import { afterSignIn } from './domainWorld.ts'

/**
 * Guests' accounts in one domain, applications in another: the domain of the applications has to trust that of the accounts, and
 * for names of another forest the trust has to be between the forests (MS-ADTS 6.1.6.7). `accounts` says which domain has the accounts.
 */
export function checkTrustWith(accounts: (signal: AbortSignal) => Promise<Dn | null>) {
  return afterSignIn(async ({ inspector }: DomainWorld, { domainDn }, signal): Promise<CheckAnswer> => {
    const accountsDn = await accounts(signal)
    if (accountsDn === null) return notChecked('Which domain has the accounts is not known yet.', 'Mend the sign-in to the domain of the accounts first.')
    const names = await inspector.readForestNames(signal)
    if (!names.ok) return notRead(names.problem)
    const [applications, home] = [dnsNameOf(domainDn), dnsNameOf(accountsDn)]
    const read = names.value.trusts.map(({ partner, direction, isForestTransitive }) => `${applications} and ${partner}: ${direction}${isForestTransitive ? ', of the forest' : ''}`)
    if (names.value.suffixes.includes(home)) return passed(`${applications} and ${home} are domains of one forest.`, { read })
    const trust = names.value.trusts.find(({ partner }) => home === partner.toLowerCase() || home.endsWith(`.${partner.toLowerCase()}`))
    if (trust === undefined || trust.direction === 'disabled' || trust.direction === 'inbound') {
      return failed(`${applications} does not trust ${home}: guests cannot sign in to its applications.`, `Make a two-way forest trust between them (Active Directory Domains and Trusts), and enable the routing of the guests' suffix.`, { read })
    }
    if (trust.direction === 'both' && trust.isForestTransitive) return passed(`${applications} and ${home} trust each other, forest with forest.`, { read })
    return warned(`${applications} trusts ${home}, but not by a two-way trust of the forests: userPrincipalNames are not routed, and the proxy cannot ask for tickets there.`, 'Replace it by a two-way forest trust.', { read })
  })
}

/** `DC=contoso,DC=com` is contoso.com (RFC 2247). */
function dnsNameOf(domainDn: Dn): string {
  return domainDn.split(',').map((part) => rdnOf(part as Dn).value.toLowerCase()).join('.')
}
