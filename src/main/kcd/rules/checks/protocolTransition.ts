import type { PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome } from '../check.ts'
import { isKerberosOnly } from '../delegationWay.ts'
import { found, passed, whenRead } from '../outcome.ts'
import { readFully } from '../readFully.ts'
import { attributeOf } from '../wording.ts'

/**
 * 7: a guest comes with a token of Entra, not with Kerberos, so the list is of no use without "any protocol". A list without the bit
 * also ends resource-based delegation.
 */
export function checkProtocolTransition({ account }: { readonly account: PrincipalFacts }): readonly Outcome[] {
  return whenRead(readFully(account, account.allowedToDelegateTo), `The list of services of ${account.accountName}`, (list) => [judge(account, list)])
}

function judge(account: PrincipalFacts, list: readonly string[]): Outcome {
  const read = attributeOf(account, 'userAccountControl', 'msDS-AllowedToDelegateTo')
  if (list.length === 0) return passed(`${account.accountName} has no list of services that would need "any authentication protocol".`, read)
  if (!isKerberosOnly(account)) return passed(`${account.accountName} may use any authentication protocol.`, read)
  return found({
    message: `${account.accountName} accepts Kerberos only, and the proxy needs any protocol: tickets for guests cannot be forwarded.`,
    remedy: `Set "Use any authentication protocol" (userAccountControl 0x1000000) on ${account.accountName}. Whoever writes it needs SeEnableDelegationPrivilege on the domain controller.`,
    read, intent: { kind: 'useAnyProtocol', account: account.anchor }
  })
}
