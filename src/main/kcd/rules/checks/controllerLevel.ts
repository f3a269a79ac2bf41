import type { DelegationFacts, DomainFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { accountOf, connectorsOf } from '../connectorAccount.ts'
import { isSameDomain } from '../delegationWay.ts'
import { found, passed, whenRead } from '../outcome.ts'
import { ownersOf, serviceAccounts } from '../spnOwners.ts'

/** Windows Server 2012: the first whose controllers know resource-based delegation. */
const level2012 = 5

/** 14: resource-based delegation needs a controller of Windows Server 2012 or later, in the domain of the service and of the connector. */
export function checkControllerLevel({ facts, domain }: Subjects['domain']): readonly Outcome[] {
  const read = [`rootDSE of ${domain.dnsName} domainControllerFunctionality`]
  return whenRead(domain.controllerLevel, `The level of the domain controllers of ${domain.dnsName}`, (level) => {
    if (level >= level2012) return [passed(`The domain controllers of ${domain.dnsName} know resource-based delegation.`, read)]
    if (!usesResourceTrust(facts, domain)) return [passed(`The domain controllers of ${domain.dnsName} do not know resource-based delegation, and nothing there depends on it.`, read)]
    return [found({
      message: `Delegation in ${domain.dnsName} is resource-based, and its domain controllers are older than Windows Server 2012 (level ${level}).`,
      remedy: `Add a domain controller of a supported Windows Server to ${domain.dnsName}.`, read
    })]
  })
}

function usesResourceTrust(facts: DelegationFacts, domain: DomainFacts): boolean {
  const isHere = (name: string) => name.toLowerCase() === domain.dnsName.toLowerCase()
  return facts.applications.some((application) => {
    const owners = ownersOf(facts, application.spn)
    const services = owners.kind === 'read' ? serviceAccounts(owners.value) : []
    const accounts = connectorsOf(facts, application).map(accountOf).flatMap((account) => (account.kind === 'read' ? [account.value] : []))
    return services.some((service) => {
      const hasTrust = service.trust.kind === 'read' && service.trust.value !== null
      return accounts.some((account) => (isHere(service.domain) || isHere(account.domain)) && (hasTrust || !isSameDomain(account, service)))
    })
  })
}
