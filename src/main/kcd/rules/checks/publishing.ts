import type { GuestFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { explainLoginIdentity, loginIdentityOf } from '../loginIdentity.ts'
import { found, notChecked, passed, warned, whenRead } from '../outcome.ts'
import { nameOfGuest } from '../wording.ts'

/** 29: the only identity that a guest always has is the userPrincipalName of Entra. */
export function checkMapping({ facts, application }: Subjects['application']): readonly Outcome[] {
  const read = [`${application.name} delegated login identity`]
  const { mapping, name } = application
  if (mapping === 'userPrincipalName') return [passed(`${name} delegates the userPrincipalName, as guests need it.`, read)]
  if (mapping === null) return [notChecked(`Which identity ${name} delegates`, 'it is not configured here; for guests the proxy must hand over the userPrincipalName of Entra', read)]
  return whenRead(application.assignedTo, `Who is assigned to ${name}`, (assigned) => {
    // A set: there may be thousands on either side.
    const ids = assigned === null ? null : new Set(assigned)
    const guests = facts.guests.filter((guest) => ids === null || ids.has(guest.entraId))
    if (guests.length === 0) return [passed(`${name} delegates ${mapping}, and no guest is assigned to it.`, read)]
    const stranger = guests.find((guest) => loginIdentityOf(guest, mapping).resolvesTo !== 'theGuestsAccount')
    const remedy = `Set the delegated login identity of ${name} to "User principal name".`
    if (stranger === undefined) return [warned({ message: `${name} delegates ${mapping}, which leads to the account of every guest by chance only.`, remedy, read })]
    return [found({ message: `${name} delegates ${mapping}, which guests cannot sign on with. ${describeStranger(stranger, mapping)}`, remedy, read })]
  })
}

/** 30: the connector asks for tickets only with integrated Windows authentication, and only for whom Entra has signed in. */
export function checkPublishing({ application }: Subjects['application']): readonly Outcome[] {
  const { name, source, singleSignOnMode, preAuthentication } = application
  // Of an application that another proxy publishes, there is nothing to read.
  if (source === 'configuration' && singleSignOnMode === null && preAuthentication === null) return []
  const read = [`${name} singleSignOnSettings.singleSignOnMode`, `${name} externalAuthenticationType`]
  const outcomes = [
    ...(singleSignOnMode === 'onPremisesKerberos' || (source === 'configuration' && singleSignOnMode === null) ? [] : [found({
      message: `Single sign-on of ${name} is ${singleSignOnMode ?? 'not set'}, so that its connectors ask for no ticket.`, remedy: `Set single sign-on of ${name} to "Windows Integrated Authentication".`, read
    })]),
    ...(preAuthentication === 'aadPreAuthentication' || (source === 'configuration' && preAuthentication === null) ? [] : [found({
      message: `Pre-authentication of ${name} is ${preAuthentication ?? 'not set'}: Entra does not sign anybody in, so that there is nobody to ask a ticket for.`, remedy: `Set pre-authentication of ${name} to "Microsoft Entra ID".`, read
    })]),
  ]
  return outcomes.length > 0 ? outcomes : [passed(`${name} is published with sign-in by Entra and single sign-on by Kerberos.`, read)]
}

function describeStranger(guest: GuestFacts, mapping: Parameters<typeof loginIdentityOf>[1]): string {
  return `For ${nameOfGuest(guest)}: ${explainLoginIdentity(loginIdentityOf(guest, mapping))}`
}
