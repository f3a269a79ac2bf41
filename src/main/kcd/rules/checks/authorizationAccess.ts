import type { DomainFacts, PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import type { Sid } from '../../../../shared/domain/ids.ts'
import type { Outcome, Subjects } from '../check.ts'
import { found, notChecked, passed } from '../outcome.ts'

const preWindows2000 = 'S-1-5-32-554'
const authorizationAccess = 'S-1-5-32-560'
/** Everyone and Authenticated Users: with one of them in a group, each connector is covered. */
const everybody = new Set(['S-1-1-0', 'S-1-5-11'])

/** 38: Windows reads tokenGroupsGlobalAndUniversal of the guest's account when it makes a ticket for oneself in another's name. */
export function checkAuthorizationAccess({ facts, account }: Subjects['connectorAccount']): readonly Outcome[] {
  const domains = facts.domains.filter((domain) => domain.role !== 'resources')
  if (domains.length === 0) return [notChecked(`Whether ${account.accountName} may read the groups of guests' accounts`, 'no domain of guests was read')]
  return domains.map((domain) => judge(domain, account))
}

function judge(domain: DomainFacts, account: PrincipalFacts): Outcome {
  const read = [preWindows2000, authorizationAccess].map((sid) => `${sid} of ${domain.dnsName} member`)
  const groups = [domain.preWindows2000Access, domain.authorizationAccess]
  const members = groups.flatMap((group) => (group.kind === 'read' ? group.value : []))
  if (isCovered(account, members)) return passed(`${account.accountName} may read the groups of accounts in ${domain.dnsName}.`, read)
  const unread = [...groups, account.tokenGroups].find((reading) => reading.kind === 'notRead')
  if (unread?.kind === 'notRead') return notChecked(`Whether ${account.accountName} may read the groups of accounts in ${domain.dnsName}`, unread.why, read)
  return found({
    message: `${account.accountName} may not read the groups of accounts in ${domain.dnsName} (tokenGroupsGlobalAndUniversal): it is in neither group that allows it.`,
    remedy: `Add ${account.accountName} to the group Windows Authorization Access Group of ${domain.dnsName}, and restart the connector.`, read
  })
}

function isCovered(account: PrincipalFacts, members: readonly Sid[]): boolean {
  const own = account.tokenGroups.kind === 'read' ? [account.sid, ...account.tokenGroups.value] : [account.sid]
  return members.some((member) => everybody.has(member) || own.includes(member))
}
