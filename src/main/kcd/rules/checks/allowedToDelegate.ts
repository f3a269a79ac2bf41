import type { PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import { parseSpn } from '../../../../shared/domain/spn.ts'
import type { Outcome, Subjects } from '../check.ts'
import { askTrust, isSameDomain, listsService } from '../delegationWay.ts'
import { found, notChecked, passed } from '../outcome.ts'
import { readFully } from '../readFully.ts'
import { ownersOf, serviceAccounts } from '../spnOwners.ts'
import { hasBit, trustedToAuthenticateForDelegation } from '../userAccountControl.ts'
import { attributeOf } from '../wording.ts'

/** 8: the SPN is in the connector's list, or the service trusts the connector. */
export function checkAllowedToDelegate({ facts, account, application }: Subjects['connectorAndApplication']): readonly Outcome[] {
  const read = attributeOf(account, 'msDS-AllowedToDelegateTo')
  if (listsService(account, application.spn)) return [passed(`${account.accountName} may delegate to ${application.spn}.`, read)]
  const owners = ownersOf(facts, application.spn)
  if (owners.kind === 'notRead') return [notChecked(`Whether ${application.spn} trusts ${account.accountName}, which does not list it`, owners.why, read)]
  const services = serviceAccounts(owners.value)
  const answers = services.map((service) => ({ service, answer: askTrust(account, service) }))
  const trusting = answers.find(({ answer }) => answer.kind === 'allowed')
  const readTrust = [...read, ...services.flatMap((service) => attributeOf(service, 'msDS-AllowedToActOnBehalfOfOtherIdentity'))]
  if (trusting !== undefined) return [passed(`${trusting.service.accountName} trusts ${account.accountName} for ${application.spn} (resource-based).`, readTrust)]
  const [unknown] = answers.flatMap(({ answer }) => (answer.kind === 'unknown' ? [answer] : []))
  if (unknown !== undefined) return [notChecked(`Whether ${application.spn} trusts ${account.accountName}, which does not list it`, unknown.why, readTrust)]
  const list = readFully(account, account.allowedToDelegateTo)
  if (list.kind === 'notRead') return [notChecked(`Whether ${account.accountName} lists ${application.spn}`, list.why, read)]
  return [describeRefusal(account, application, services, readTrust)]
}

function describeRefusal(account: PrincipalFacts, { id, spn }: Subjects['application']['application'], services: readonly PrincipalFacts[], read: readonly string[]): Outcome {
  const listed = account.allowedToDelegateTo.length === 0 ? 'its list is empty' : `its list has ${account.allowedToDelegateTo.join(', ')} only`
  const [service] = services
  const message = `${account.accountName} may not delegate to ${spn}: ${listed}, and ${service === undefined ? 'nobody owns the SPN' : `${service.accountName}, which owns the SPN, does not trust it`}.`
  if (!parseSpn(spn).ok) return found({ message, remedy: 'Correct the SPN first (check 17): nothing that is added for it as it stands will be asked for.', read })
  // Across domains the list is of no use: only the service can trust the connector.
  if (service !== undefined && !isSameDomain(account, service)) {
    return found({ message, remedy: `Let ${service.accountName} trust ${account.accountName} (resource-based delegation).`, read, intent: { kind: 'trustConnectors', service: service.anchor, connectors: [account.sid] } })
  }
  // A list without "any protocol" would end what the connector delegates by now, resource-based delegation included (check 7).
  if (!hasBit(account.userAccountControl, trustedToAuthenticateForDelegation)) {
    return found({
      message, remedy: `Let ${account.accountName} use any protocol, then add ${spn} to its list, in one plan; without SeEnableDelegationPrivilege, let the owner of the SPN trust ${account.accountName} instead.`,
      read, intent: { kind: 'makeApplicationWork', application: id, way: 'classic' }
    })
  }
  return found({
    message, remedy: `Add ${spn} to the list of ${account.accountName}; without SeEnableDelegationPrivilege, let the owner of the SPN trust ${account.accountName} instead.`,
    read, intent: { kind: 'allowService', account: account.anchor, spn }
  })
}
