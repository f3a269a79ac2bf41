import { rdnOf } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { ForestTrust, RecordState, TrustedName } from '../../connectors/readinessPorts.ts'
import { failed, nameSome, notChecked, notRead, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { DomainWorld } from './domainWorld.ts'
import { afterSignIn } from './domainWorld.ts'
import { explainRouting, isWithin, routeOf } from './suffixRouting.ts'
import { suffixesOfGuests } from './upnSuffixes.ts'

/** Which domain has the accounts; null: not known yet. */
export type AccountsDomain = (signal: AbortSignal) => Promise<Dn | null>

/**
 * Guests' accounts in one domain, applications in another: the domain of the applications has to trust that of the accounts, and
 * for names of another forest the trust has to be between the forests (MS-ADTS 6.1.6.7).
 */
export function checkTrustWith(accounts: AccountsDomain) {
  return lookBetween(accounts, ({ applications, home, trust, read }) => {
    if (!isTrusting(trust)) {
      return failed(`${applications} does not trust ${home}: guests cannot sign in to its applications.`, `Make a two-way forest trust between them (Active Directory Domains and Trusts), and enable the routing of the guests' suffix.`, { read })
    }
    if (trust.direction === 'both' && trust.isForestTransitive) return passed(`${applications} and ${home} trust each other, forest with forest.`, { read })
    return warned(`${applications} trusts ${home}, but not by a two-way trust of the forests: userPrincipalNames are not routed, and the proxy cannot ask for tickets there.`, 'Replace it by a two-way forest trust.', { read })
  })
}

/** A name whose suffix is not routed leads nowhere from the other forest (MS-ADTS 6.1.6.9.3). */
export function checkRoutedSuffixes(accounts: AccountsDomain) {
  return lookBetween(accounts, async ({ home, trust, read }, { store }) => {
    if (!isTrusting(trust)) return notChecked(`There is no trust that could route names to ${home}.`, 'Make the trust first.', { read })
    if (!trust.isForestTransitive) return notChecked(`The trust with ${trust.partner} is not one of the forests, and routes no names.`, 'Replace it by a two-way forest trust first.', { read })
    if (trust.names.kind === 'notRead') return notChecked(trust.names.why, 'Look at the properties of the trust (Active Directory Domains and Trusts, Name Suffix Routing).', { read })
    const used = await suffixesOfGuests(store)
    if (used.length === 0) return notChecked('No guest was imported yet, so the suffixes of their names are not known.', 'Run an import of Entra, then check again.', { read })
    return judgeRouting({ home, partner: trust.partner, names: trust.names.value, used, read: [...read, ...trust.names.value.map(describeName)] })
  })
}

type Routed = { readonly home: string; readonly partner: string; readonly names: readonly TrustedName[]; readonly used: readonly string[]; readonly read: readonly string[] }

function judgeRouting({ home, partner, names, used, read }: Routed): CheckAnswer {
  const filtered = names.find((record) => record.kind === 'domain' && record.name === home && record.state !== 'on')
  if (filtered !== undefined) {
    return failed(
      `The trust with ${partner} does not let in the SIDs of ${home} (${stateWords[filtered.state]}): nobody of it can sign in to the applications.`,
      `Enable the domain ${home} in the trust (Active Directory Domains and Trusts, Name Suffix Routing, Edit).`, { read },
    )
  }
  const lost = used.flatMap((suffix) => {
    const routing = routeOf(suffix, names)
    return routing.kind === 'routed' ? [] : [{ suffix, ...explainRouting(suffix, routing, home) }]
  })
  if (lost.length === 0) return passed(`The trust with ${partner} routes the suffixes of the guests' names.`, { read })
  return failed(
    `The trust with ${partner} does not route ${nameSome(lost.map(({ suffix }) => suffix))}: no guest with such a name is found from the domain of the applications. Why: ${nameSome([...new Set(lost.map(({ why }) => why))])}.`,
    [...new Set(lost.map(({ remedy }) => remedy))].slice(0, 5).join(' '), { read },
  )
}

const stateWords: Readonly<Record<RecordState, string>> = { on: 'in force', new: 'new, not enabled yet', switchedOff: 'switched off by an administrator', conflict: 'switched off for a conflict with another trust' }

function describeName(record: TrustedName): string {
  const kinds = { suffix: 'routed', excluded: 'excluded', domain: 'domain' } as const
  return `${kinds[record.kind]}: ${record.name}, ${stateWords[record.state]}`
}

/** TRUST_ATTRIBUTE_CROSS_ORGANIZATION (MS-ADTS 6.1.6.7.9). Where the right was granted is a matter of each server, and not looked at. */
export function checkSelectiveAuthentication(accounts: AccountsDomain) {
  return lookBetween(accounts, ({ applications, home, trust, read }) => {
    if (!isTrusting(trust)) return notChecked(`${applications} does not trust ${home}, so nobody of it authenticates.`, 'Make the trust first.', { read })
    if (!trust.isSelective) return passed(`Everybody of ${home} may authenticate in ${applications}.`, { read })
    return warned(
      `The trust with ${trust.partner} has selective authentication: guests and connectors of ${home} need "Allowed to authenticate" on the accounts of the applications.`,
      `Grant "Allowed to authenticate" to a group of the shadow accounts, and to the connectors of ${home}, on the account of each application; or switch the trust to forest-wide authentication.`, { read },
    )
  })
}

type Between = { readonly applications: string; readonly home: string; readonly trust: ForestTrust | null; readonly read: readonly string[] }

/** Within one forest there is nothing to look at. */
function lookBetween(accounts: AccountsDomain, judge: (between: Between, world: DomainWorld) => CheckAnswer | Promise<CheckAnswer>) {
  return afterSignIn(async (world: DomainWorld, { domainDn }, signal): Promise<CheckAnswer> => {
    const accountsDn = await accounts(signal)
    if (accountsDn === null) return notChecked('Which domain has the accounts is not known yet.', 'Mend the sign-in to the domain of the accounts first.')
    const names = await world.inspector.readForestNames(signal)
    if (!names.ok) return notRead(names.problem)
    const [applications, home] = [dnsNameOf(domainDn), dnsNameOf(accountsDn)]
    const read = names.value.trusts.map(({ partner, direction, isForestTransitive }) => `${applications} and ${partner}: ${direction}${isForestTransitive ? ', of the forest' : ''}`)
    if (names.value.suffixes.includes(home)) return passed(`${applications} and ${home} are domains of one forest.`, { read })
    const trust = names.value.trusts.find(({ partner }) => isWithin(home, partner.toLowerCase())) ?? null
    const parent = names.value.suffixes.find((name) => name !== applications && isWithin(applications, name) && names.value.trusts.some(({ partner }) => partner.toLowerCase() === name))
    if (trust === null && parent !== undefined) {
      return notChecked(`${applications} is below ${parent}, and trusts between forests are kept by the root of the forest, which was not asked.`, `Look at the trusts of ${parent} (Active Directory Domains and Trusts).`, { read })
    }
    return judge({ applications, home, trust, read }, world)
  })
}

/** The side that trusts has the trust as outbound. */
function isTrusting(trust: ForestTrust | null): trust is ForestTrust {
  return trust !== null && trust.direction !== 'disabled' && trust.direction !== 'inbound'
}

/** `DC=contoso,DC=com` is contoso.com (RFC 2247). */
function dnsNameOf(domainDn: Dn): string {
  return domainDn.split(',').map((part) => rdnOf(part as Dn).value.toLowerCase()).join('.')
}
