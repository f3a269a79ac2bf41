import type { Outcome, Subjects } from '../check.ts'
import { isDomainController } from '../isDomainController.ts'
import { found, passed } from '../outcome.ts'
import { hasBit, trustedForDelegation } from '../userAccountControl.ts'
import { attributeOf } from '../wording.ts'

/** 6: whoever holds such a machine can be anybody anywhere. On a domain controller it is normal and never taken away. */
export function checkUnconstrained({ account }: Subjects['connectorAccount']): readonly Outcome[] {
  const read = attributeOf(account, 'userAccountControl', 'primaryGroupID')
  if (!hasBit(account.userAccountControl, trustedForDelegation)) return [passed(`${account.accountName} has no unconstrained delegation.`, read)]
  if (isDomainController(account)) return [passed(`${account.accountName} is a domain controller, where unconstrained delegation is normal.`, read)]
  return [found({
    message: `${account.accountName} has unconstrained delegation: it may act as anybody towards every service.`,
    remedy: `List the services that ${account.accountName} needs first, make sure that nothing else on it depends on unconstrained delegation, then clear the bit 0x80000.`,
    read, intent: { kind: 'endUnconstrained', account: account.anchor }
  })]
}
