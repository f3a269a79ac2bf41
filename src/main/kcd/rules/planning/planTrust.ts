import { decodeBase64, encodeBase64 } from '../../../../shared/domain/base64.ts'
import type { PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import type { Sid } from '../../../../shared/domain/ids.ts'
import { withTrustees, type TrustProblem } from '../../../../shared/domain/resourceTrust.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import { assertNever } from '../../../../shared/domain/assertNever.ts'
import { enumerate } from '../wording.ts'
import { edit, refuse, takesEffectLater, withAccount, type IntentOf, type PlanningWorld, type Refusal, type Wish } from './wish.ts'

/** msDS-AllowedToActOnBehalfOfOtherIdentity of the service's account. Foreign entries stay; with the last entry the attribute goes. */
export function planTrust(world: PlanningWorld, intent: IntentOf<'trustConnectors' | 'endTrust'>): readonly Wish[] {
  return withAccount(world, intent.service, (service) => {
    const names = enumerate(intent.connectors.map((sid) => nameOf(world, sid)))
    return intent.kind === 'trustConnectors'
      ? [trustConnectors(service, intent.connectors, `${service.accountName} is to accept guests from ${names}.`)]
      : [changeTrust(service, { add: [], remove: intent.connectors }, `${service.accountName} is no longer to accept guests from ${names}.`)]
  })
}

export function trustConnectors(service: PrincipalFacts, connectors: readonly Sid[], reason: string, cautions: readonly string[] = []): Wish {
  return changeTrust(service, { add: connectors, remove: [] }, reason, cautions)
}

function changeTrust(service: PrincipalFacts, trustees: { readonly add: readonly Sid[]; readonly remove: readonly Sid[] }, reason: string, cautions: readonly string[] = []): Wish {
  if (service.trust.kind === 'notRead') {
    return refuse(`Whom ${service.accountName} trusts could not be read: ${service.trust.why}.`, 'Read it with an account that may read msDS-AllowedToActOnBehalfOfOtherIdentity; what was not seen is not written over.')
  }
  return edit({
    account: service, attribute: 'msDS-AllowedToActOnBehalfOfOtherIdentity', reason, cautions: [takesEffectLater, ...cautions],
    apply: ([text]) => applyTrust(service, text ?? null, trustees.add, trustees.remove),
  })
}

function applyTrust(service: PrincipalFacts, text: string | null, add: readonly Sid[], remove: readonly Sid[]): Result<readonly string[], Refusal> {
  const octets = text === null ? null : decodeBase64(text)
  if (text !== null && octets === null) return fail(describeTrustProblem(service, { kind: 'malformedDescriptor', why: 'it is not base64' }))
  const changed = withTrustees(octets, add, remove)
  if (!changed.ok) return fail(describeTrustProblem(service, changed.problem))
  return succeed(changed.value === null ? [] : [encodeBase64(changed.value)])
}

function describeTrustProblem({ accountName }: PrincipalFacts, problem: TrustProblem): Refusal {
  switch (problem.kind) {
    case 'malformedDescriptor': return { why: `The descriptor that says whom ${accountName} trusts is malformed (${problem.why}); it is never written over.`, remedy: 'Look at msDS-AllowedToActOnBehalfOfOtherIdentity of the account, keep a copy, clear it by hand, and plan again.' }
    case 'trusteeDenied': return { why: `The descriptor of ${accountName} denies ${problem.sid}: an entry that allows would not help.`, remedy: 'Have whoever wrote the denial take it away, then plan again.' }
    case 'tooManyTrustees': return { why: `${accountName} would trust more accounts than a descriptor can hold.`, remedy: 'Trust a group that has the connectors as its members.' }
    default: return assertNever(problem)
  }
}

function nameOf({ facts, accounts }: PlanningWorld, sid: Sid): string {
  for (const account of accounts.values()) if (account.sid === sid) return account.accountName
  const known = Object.hasOwn(facts.names, sid) ? facts.names[sid] : undefined
  return known?.kind === 'read' && known.value !== null ? known.value.name : sid
}
