import type { DelegationFacts, TrustEntry } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { found, notChecked, passed, whenRead } from '../outcome.ts'
import { attributeOf } from '../wording.ts'

/** 13: whom the service trusts besides the connectors. A trust in an account that is gone, or in a stranger, is a door left open. */
export function checkTrustEntries(subject: Subjects['serviceAccount']): readonly Outcome[] {
  const { service } = subject
  return whenRead(service.trust, `Whom ${service.accountName} trusts`, (trust) => {
    const read = attributeOf(service, 'msDS-AllowedToActOnBehalfOfOtherIdentity')
    if (trust === null) return [passed(`${service.accountName} trusts nobody to act for others.`, read)]
    if (trust.content.kind === 'malformed') return [notChecked(`Whom ${service.accountName} trusts`, `its descriptor is malformed (${trust.content.why})`, read)]
    const outcomes = trust.content.entries.flatMap((entry) => judgeEntry(subject, entry, read))
    return outcomes.length > 0 ? outcomes : [passed(`${service.accountName} trusts connectors only.`, read)]
  })
}

function judgeEntry({ facts, service }: Subjects['serviceAccount'], entry: TrustEntry, read: readonly string[]): readonly Outcome[] {
  if (entry.kind === 'deny') return []
  if (entry.kind === 'other' || entry.sid === null) {
    return [found({ message: `The descriptor of ${service.accountName} has an entry of a kind that is not expected there.`, remedy: 'Find out who wrote it, and remove it by hand where nobody needs it.', read })]
  }
  if (isOfConnector(facts, entry.sid)) return []
  const name = Object.hasOwn(facts.names, entry.sid) ? facts.names[entry.sid] : undefined
  if (name === undefined || name.kind === 'notRead') return [notChecked(`Who ${entry.sid} is, whom ${service.accountName} trusts`, name?.why ?? 'the name was not looked up', read)]
  if (name.value === null) {
    return [found({
      message: `${service.accountName} trusts ${entry.sid}, which belongs to nobody any more.`, remedy: `Remove ${entry.sid} from those whom ${service.accountName} trusts.`,
      read, intent: { kind: 'endTrust', service: service.anchor, connectors: [entry.sid] }
    })]
  }
  // A stranger may be another proxy in use: removing it is for somebody who knows, so nothing is planned from here.
  return [found({
    message: `${service.accountName} trusts ${name.value.name}, which is none of the connectors: it may act as anybody towards this service.`,
    remedy: `Ask who set this trust. Where nobody needs it, remove ${name.value.name} from those whom ${service.accountName} trusts.`, read
  })]
}

/** Its account, or a group that it is in; but not the groups that everybody is in. */
function isOfConnector(facts: DelegationFacts, sid: string): boolean {
  return facts.connectors.some((connector) => connector.accounts.kind === 'read' && connector.accounts.value.some((account) =>
    account.sid === sid || (account.tokenGroups.kind === 'read' && !isOfEverybody(sid) && account.tokenGroups.value.some((group) => group === sid))))
}

/** Everyone, Authenticated Users, Users, Domain Users, Domain Computers. */
function isOfEverybody(sid: string): boolean {
  return ['S-1-1-0', 'S-1-5-11', 'S-1-5-32-545'].includes(sid) || /^S-1-5-21-.*-(513|515)$/.test(sid)
}
