import type { Outcome, Subjects } from '../check.ts'
import { found, notChecked, passed } from '../outcome.ts'
import { attributeOf, enumerate } from '../wording.ts'

const classicAttributes = ['msDS-AllowedToDelegateTo', 'userAccountControl']
const trustAttribute = 'msDS-AllowedToActOnBehalfOfOtherIdentity'

/**
 * 43: what the account of Guestbridge may write on the object itself. The privilege that the list and the bit need besides
 * (SeEnableDelegationPrivilege) is no attribute: only a write shows it.
 */
export function checkDelegationRights({ account, service }: Subjects['connectorAndService']): readonly Outcome[] {
  const read = [...attributeOf(account, 'allowedAttributesEffective'), ...attributeOf(service, 'allowedAttributesEffective')]
  const question = `Whether delegation from ${account.accountName} to ${service.accountName} can be changed from here`
  const unread = [account.writableAttributes, service.writableAttributes].find((reading) => reading.kind === 'notRead')
  if (unread?.kind === 'notRead') return [notChecked(question, unread.why, read)]
  const onConnector = missing(account.writableAttributes, classicAttributes)
  const onService = missing(service.writableAttributes, [trustAttribute])
  if (onConnector.length === 0) return [passed(`The delegation list of ${account.accountName} may be changed from here, as far as the rights on its object go.`, read)]
  if (onService.length === 0) return [passed(`Whom ${service.accountName} trusts may be changed from here.`, read)]
  return [found({
    message: `Delegation from ${account.accountName} to ${service.accountName} cannot be changed from here: there is no right to write ${enumerate(onConnector)} of ${account.accountName}, nor ${trustAttribute} of ${service.accountName}.`,
    remedy: `Delegate the right to write ${trustAttribute} of ${service.accountName} to the account of Guestbridge (the least that will do), or give the commands of the plan to somebody who may.`, read
  })]
}

function missing(writable: Subjects['connectorAndService']['account']['writableAttributes'], attributes: readonly string[]): readonly string[] {
  const allowed = writable.kind === 'read' ? writable.value : []
  return attributes.filter((attribute) => !allowed.includes(attribute.toLowerCase()))
}
