import type { PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { accountOf } from '../connectorAccount.ts'
import { found, notChecked, passed } from '../outcome.ts'
import { ownersOf, serviceAccounts } from '../spnOwners.ts'
import { attributeOf, enumerate, nameOfApplication } from '../wording.ts'

const classicAttributes = ['msDS-AllowedToDelegateTo', 'userAccountControl']
const trustAttribute = 'msDS-AllowedToActOnBehalfOfOtherIdentity'

/**
 * 43: what the account of Guestbridge may write on the objects themselves: the list and bit of every connector, or the trust of the
 * service. The privilege that list and bit need besides (SeEnableDelegationPrivilege) is no attribute: only a write shows it.
 */
export function checkDelegationRights({ facts, application, connectors }: Subjects['connectorGroup']): readonly Outcome[] {
  const question = `Whether delegation to ${nameOfApplication(application)} can be changed from here`
  const owners = ownersOf(facts, application.spn)
  if (owners.kind === 'notRead') return [notChecked(question, owners.why)]
  const accounts = connectors.map(accountOf).flatMap((account) => (account.kind === 'read' ? [account.value] : []))
  const services = serviceAccounts(owners.value)
  const read = [...accounts, ...services].flatMap((account) => attributeOf(account, 'allowedAttributesEffective'))
  if (accounts.length === 0) return [notChecked(question, 'the account of none of its connectors is known', read)]
  const unread = [...accounts, ...services].flatMap(({ writableAttributes }) => (writableAttributes.kind === 'notRead' ? [writableAttributes.why] : []))
  if (unread[0] !== undefined) return [notChecked(question, unread[0], read)]
  const closed = accounts.filter((account) => !mayWrite(account, classicAttributes))
  if (closed.length === 0) return [passed(`The lists of the connectors of ${application.name} may be changed from here, as far as the rights on their objects go.`, read)]
  if (services.length > 0 && services.every((service) => mayWrite(service, [trustAttribute]))) return [passed(`Whom ${names(services)} trusts may be changed from here.`, read)]
  return [describeMissing(application.name, closed, services, read)]
}

function describeMissing(application: string, closed: readonly PrincipalFacts[], services: readonly PrincipalFacts[], read: readonly string[]): Outcome {
  const trust = services.length === 0 ? '' : `, nor ${trustAttribute} of ${names(services)}`
  const least = services.length === 0 ? `${enumerate(classicAttributes)} of ${names(closed)}` : `${trustAttribute} of ${names(services)}`
  return found({
    message: `Delegation to ${application} cannot be changed from here: there is no right to write ${enumerate(classicAttributes)} of ${names(closed)}${trust}.`,
    remedy: `Delegate the right to write ${least} to the account of Guestbridge (the least that will do), or give the commands of the plan to somebody who may.`, read
  })
}

function mayWrite({ writableAttributes }: PrincipalFacts, attributes: readonly string[]): boolean {
  return writableAttributes.kind === 'read' && attributes.every((attribute) => writableAttributes.value.includes(attribute.toLowerCase()))
}

function names(accounts: readonly PrincipalFacts[]): string {
  return enumerate(accounts.map((account) => account.accountName))
}
