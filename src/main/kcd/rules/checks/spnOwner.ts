import type { ApplicationFacts, DelegationFacts, PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import { parseSpn } from '../../../../shared/domain/spn.ts'
import type { Outcome, Subjects } from '../check.ts'
import { accountOf } from '../connectorAccount.ts'
import { found, passed, whenRead } from '../outcome.ts'
import { ownersOf, serviceAccounts } from '../spnOwners.ts'
import { enumerate } from '../wording.ts'

/** 15: a ticket is made for whoever owns the SPN; without an owner there is none. */
export function checkSpnRegistered({ facts, application }: Subjects['application']): readonly Outcome[] {
  return whenRead(ownersOf(facts, application.spn), `Who owns ${application.spn}`, (owners) => {
    const read = [`servicePrincipalName=${application.spn}`]
    const services = serviceAccounts(owners)
    if (services.length > 0) return [passed(`${application.spn} belongs to ${enumerate(services.map((service) => service.accountName))}.`, read)]
    const owner = guessOwner(facts, application)
    return [found({
      message: `Nobody owns ${application.spn} of ${application.name}, neither as such nor by a HOST entry.`,
      remedy: `Register it on the account that the site runs as: setspn -S ${application.spn} ${owner?.accountName ?? '<account of the site>'}`,
      read, intent: owner !== null && parseSpn(application.spn).ok ? { kind: 'registerService', account: owner.anchor, spn: application.spn } : null
    })]
  })
}

/** 16: with two owners the controller refuses, or picks the wrong key. */
export function checkDuplicateSpn({ facts, application }: Subjects['application']): readonly Outcome[] {
  return whenRead(ownersOf(facts, application.spn), `Who owns ${application.spn}`, (owners) => {
    const services = serviceAccounts(owners)
    const read = [`servicePrincipalName=${application.spn}`, ...services.map((service) => `${service.dn} servicePrincipalName`)]
    if (services.length < 2) return [passed(`No two accounts own ${application.spn}.`, read)]
    return [found({
      message: `${services.length} accounts own ${application.spn}: ${enumerate(services.map((service) => service.accountName))}.`,
      remedy: `Find out which account ${application.name} runs as, and remove the SPN from the other: setspn -D ${application.spn} <account>`, read
    })]
  })
}

/** The only account among those read that owns another service of the same host, or is that host. */
function guessOwner(facts: DelegationFacts, application: ApplicationFacts): PrincipalFacts | null {
  const host = hostOf(application.spn)
  if (host === null) return null
  const owners = Object.values(facts.services).flatMap((reading) => (reading.kind === 'read' ? reading.value.map((owner) => owner.account) : []))
  const known = [...owners, ...facts.connectors.map(accountOf).flatMap((account) => (account.kind === 'read' ? [account.value] : []))]
  const candidates = known.filter((account) => account.dnsHostName?.toLowerCase() === host || account.servicePrincipalNames.some((spn) => hostOf(spn) === host))
  const [candidate, ...others] = new Map(candidates.map((account) => [account.anchor, account])).values()
  return candidate === undefined || others.length > 0 ? null : candidate
}

function hostOf(spn: string): string | null {
  const parsed = parseSpn(spn)
  return parsed.ok ? parsed.value.host.toLowerCase() : null
}
