import type { Outcome, Subjects } from '../check.ts'
import { found, passed } from '../outcome.ts'
import { accountDisabled, hasBit } from '../userAccountControl.ts'
import { attributeOf } from '../wording.ts'

/** 2: a disabled account gets no ticket of its own, and so none for others. */
export function checkConnectorDisabled({ account }: Subjects['connectorAccount']): readonly Outcome[] {
  const read = attributeOf(account, 'userAccountControl')
  if (!hasBit(account.userAccountControl, accountDisabled)) return [passed(`The connector's account ${account.accountName} is enabled.`, read)]
  return [found({ message: `The connector's account ${account.accountName} is disabled.`, remedy: `Find out who disabled ${account.accountName} and why, then enable it.`, read })]
}
