import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { askTrust, isSameDomain, listsService } from '../delegationWay.ts'
import { found, notChecked, passed } from '../outcome.ts'
import { readFully } from '../readFully.ts'
import { attributeOf } from '../wording.ts'

/** 11: the connector's list ends at its domain; beyond, the service must trust the connector. */
export function checkDomains({ account, service, application }: Subjects['connectorAndService']): readonly Outcome[] {
  const read = [...attributeOf(account, 'domain'), ...attributeOf(service, 'domain', 'msDS-AllowedToActOnBehalfOfOtherIdentity')]
  if (isSameDomain(account, service)) return [passed(`${account.accountName} and ${service.accountName} are both of ${account.domain}.`, read)]
  const answer = askTrust(account, service)
  if (answer.kind === 'allowed') return [passed(`${service.accountName} of ${service.domain} trusts ${account.accountName} of ${account.domain}.`, read)]
  if (answer.kind === 'unknown') return [notChecked(`Whether ${service.accountName} of ${service.domain} trusts ${account.accountName} of ${account.domain}`, answer.why, read)]
  return [found({
    message: `${account.accountName} is of ${account.domain}, ${service.accountName}, which owns ${application.spn}, of ${service.domain}, and does not trust it.`,
    remedy: `Let ${service.accountName} trust ${account.accountName} (resource-based delegation): the list of ${account.accountName} does not reach ${service.domain}.`,
    read, intent: trustIntent(account, service)
  })]
}

/** 12: the descriptor of the service lets the connector in, where one is set and the connector depends on it. */
export function checkResourceTrust({ account, service, application }: Subjects['connectorAndService']): readonly Outcome[] {
  const read = attributeOf(service, 'msDS-AllowedToActOnBehalfOfOtherIdentity')
  const isClassic = listsService(account, application.spn) && isSameDomain(account, service)
  const answer = askTrust(account, service)
  if (answer.kind === 'allowed') return [passed(`${service.accountName} trusts ${account.accountName}.`, read)]
  if (isClassic) return [passed(`${account.accountName} lists ${application.spn}, so that ${service.accountName} need not trust it.`, read)]
  const list = readFully(account, account.allowedToDelegateTo)
  if (list.kind === 'notRead' && isSameDomain(account, service)) return [notChecked(`Whether ${service.accountName} has to trust ${account.accountName}`, list.why, read)]
  switch (answer.kind) {
    case 'unknown': return [notChecked(`Whether ${service.accountName} trusts ${account.accountName}`, answer.why, read)]
    case 'malformed': return [found({
      message: `Whom ${service.accountName} trusts cannot be read: its descriptor is malformed (${answer.why}).`,
      remedy: `Keep a copy of the value, clear msDS-AllowedToActOnBehalfOfOtherIdentity of ${service.accountName} by hand and set it anew. Guestbridge never overwrites a descriptor that it cannot read.`, read
    })]
    case 'denied': return [found({
      message: `${service.accountName} refuses ${account.accountName}: an entry for ${answer.sid} denies it.`,
      remedy: `Find out who denies it and why. Then remove that entry from the descriptor of ${service.accountName} by hand.`, read
    })]
    // In one domain either way will do: without any descriptor, what is missing is check 8's.
    case 'absent': return isSameDomain(account, service) && service.trust.kind === 'read' && service.trust.value === null ? [] : [describeAbsence(account, service, read)]
    default: return assertNever(answer)
  }
}

function describeAbsence(account: PrincipalFacts, service: PrincipalFacts, read: readonly string[]): Outcome {
  return found({
    message: `${service.accountName} does not trust ${account.accountName}, nor a group that it is in.`,
    remedy: `Add ${account.accountName} to those whom ${service.accountName} trusts, and keep the other entries.`, read, intent: trustIntent(account, service)
  })
}

function trustIntent(account: PrincipalFacts, service: PrincipalFacts): Outcome['intent'] {
  return { kind: 'trustConnectors', service: service.anchor, connectors: [account.sid] }
}
