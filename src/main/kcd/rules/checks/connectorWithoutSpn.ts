import type { Outcome, Subjects } from '../check.ts'
import { found, passed } from '../outcome.ts'
import { attributeOf } from '../wording.ts'

/** 46: a ticket for oneself is a ticket for a service: an account without SPN is none. Computers always have some. */
export function checkConnectorHasSpn({ account }: Subjects['connectorAccount']): readonly Outcome[] {
  const read = attributeOf(account, 'servicePrincipalName')
  if (account.objectClass === 'computer') return [passed(`${account.accountName} is a computer and has the SPNs of one.`, read)]
  if (account.servicePrincipalNames.length > 0) return [passed(`${account.accountName} has an SPN (${account.servicePrincipalNames[0] ?? ''}).`, read)]
  return [found({
    message: `${account.accountName} has no SPN, so that it cannot ask for tickets in anybody's name (S4U).`,
    remedy: `Register one that no site uses: setspn -S HTTP/<host of the proxy> ${account.accountName}`, read
  })]
}
