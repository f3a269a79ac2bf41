import type { DelegationFacts, DomainFacts, TrustFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { found, notChecked, passed, whenRead } from '../outcome.ts'
import { enumerate } from '../wording.ts'

/** trustAttributes, MS-ADTS 6.1.6.7.9. */
const forestTransitive = 0x8
const selectiveAuthentication = 0x10
const withinForest = 0x20

/** 42: with selective authentication nobody of the other side may sign on anywhere without being allowed to, server by server. */
export function checkSelectiveAuthentication({ facts, domain }: Subjects['domain']): readonly Outcome[] {
  return whenRead(domain.trusts, `The trusts of ${domain.dnsName}`, (trusts) => {
    const read = [`CN=System,${domain.dn} trustAttributes`]
    const selective = trusts.filter((trust) => (trust.attributes & selectiveAuthentication) !== 0 && facts.domains.some((each) => reaches(trust, each)))
    if (selective.length === 0) return [passed(`No trust of ${domain.dnsName} with a domain of guests or applications has selective authentication.`, read)]
    return selective.map((trust) => found({
      message: `The trust of ${domain.dnsName} with ${trust.partner} has selective authentication: accounts of the other side need "Allowed to authenticate" on each server.`,
      remedy: 'Grant "Allowed to authenticate" to a group of the shadow accounts, and to the connectors, on the accounts of the applications.', read
    }))
  })
}

/** 47: a ticket for a guest of one domain, for a service of another, needs a way between both and a way to find the guest's UPN. */
export function checkTrusts({ facts, domain }: Subjects['domain']): readonly Outcome[] {
  if (domain.role === 'accounts') return []
  const partners = facts.domains.filter((each) => each.role !== 'resources' && !isNamed(each, domain.dnsName))
  return partners.flatMap((partner) => whenRead(domain.trusts, `The trusts of ${domain.dnsName}`, (trusts) => judgePartner(facts, domain, partner, trusts)))
}

function judgePartner(facts: DelegationFacts, domain: DomainFacts, partner: DomainFacts, trusts: readonly TrustFacts[]): readonly Outcome[] {
  const read = [`CN=System,${domain.dn} trustPartner, trustDirection, trustAttributes`]
  const trust = trusts.find((each) => reaches(each, partner))
  const link = `${domain.dnsName}, the domain of applications, and ${partner.dnsName}, the domain of guests`
  if (trust === undefined) {
    // Domains of a forest trust each other by way of their parents.
    if (trusts.some((each) => (each.attributes & withinForest) !== 0 && hasWithinForest(partner))) return [passed(`${link}, are of one forest.`, read)]
    const parent = trusts.find((each) => (each.attributes & withinForest) !== 0 && isBelow(domain.dnsName, each.partner))
    if (parent !== undefined) return [notChecked(`Whether there is a trust between ${link}`, `${domain.dnsName} is below ${parent.partner}, and trusts between forests are kept by the root of the forest`, read)]
    return [found({ message: `There is no trust between ${link}.`, remedy: `Make a two-way forest trust between ${domain.dnsName} and ${partner.dnsName}.`, read })]
  }
  const faults = [
    ...(trust.direction === 3 ? [] : [`it is ${describeDirection(trust.direction)}`]),
    ...((trust.attributes & (forestTransitive | withinForest)) === 0 ? ['it is not forest-transitive'] : []),
  ]
  if (faults.length > 0) return [found({ message: `The trust between ${link}, does not carry delegation: ${enumerate(faults)}.`, remedy: 'Make it a two-way forest trust.', read })]
  if ((trust.attributes & withinForest) !== 0) return [passed(`${link}, are of one forest and trust each other.`, read)]
  return judgeSuffixes(facts, partner, trust, read)
}

function judgeSuffixes(facts: DelegationFacts, partner: DomainFacts, trust: TrustFacts, read: readonly string[]): readonly Outcome[] {
  const routed = trust.routedSuffixes
  const suffixes = [...new Set(facts.guests.map((guest) => guest.userPrincipalName.slice(guest.userPrincipalName.lastIndexOf('@') + 1).toLowerCase()))].sort()
  if (routed.kind === 'notRead') return [notChecked(`Whether the UPN suffixes of guests are routed to ${partner.dnsName}`, routed.why, read)]
  const lost = suffixes.filter((suffix) => !routed.value.some((name) => suffix === name || suffix.endsWith(`.${name}`)))
  if (lost.length === 0) return [passed(`The trust with ${partner.dnsName} is two-way, forest-transitive, and routes the UPN suffixes of guests.`, [...read, 'msDS-TrustForestTrustInfo'])]
  return [found({
    message: `The trust with ${partner.dnsName} does not route the UPN suffix ${enumerate(lost)} of guests: their accounts are not found from the other forest.`,
    remedy: `Add ${enumerate(lost)} to the UPN suffixes of the forest of ${partner.dnsName}, and enable its routing in the trust.`, read: [...read, 'msDS-TrustForestTrustInfo']
  })]
}

function hasWithinForest(domain: DomainFacts): boolean {
  return domain.trusts.kind === 'read' && domain.trusts.value.some((trust) => (trust.attributes & withinForest) !== 0)
}

function describeDirection(direction: number): string {
  if (direction === 0) return 'disabled'
  return direction === 1 ? 'one-way (inbound)' : 'one-way (outbound)'
}

/** A trust between forests is kept under the name of the root, and carries to the domains below it (MS-ADTS 6.1.6.7.9). */
function reaches({ partner, attributes }: TrustFacts, domain: DomainFacts): boolean {
  return isNamed(domain, partner) || ((attributes & forestTransitive) !== 0 && isBelow(domain.dnsName, partner))
}

function isBelow(name: string, parent: string): boolean {
  return name.toLowerCase().endsWith(`.${parent.toLowerCase()}`)
}

function isNamed(domain: DomainFacts, name: string): boolean {
  return domain.dnsName.toLowerCase() === name.toLowerCase()
}
