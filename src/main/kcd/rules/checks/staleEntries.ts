import { spnKey } from '../../../../shared/domain/spn.ts'
import type { Outcome, Subjects } from '../check.ts'
import { found, notChecked, passed, whenRead } from '../outcome.ts'
import { readFully } from '../readFully.ts'
import { ownersOf } from '../spnOwners.ts'
import { attributeOf } from '../wording.ts'

type Holder = Pick<Subjects['connectorAccount'], 'facts' | 'account'>

/** 9: an entry that nobody owns waits for whoever registers that SPN next. */
export function checkStaleEntries({ facts, account }: Subjects['connectorAccount']): readonly Outcome[] {
  return whenRead(readFully(account, account.allowedToDelegateTo), `The list of services of ${account.accountName}`, (list) => judgeList({ facts, account }, list))
}

function judgeList({ facts, account }: Holder, list: readonly string[]): readonly Outcome[] {
  const read = attributeOf(account, 'msDS-AllowedToDelegateTo')
  const outcomes = list.flatMap((spn) => {
    const owners = ownersOf(facts, spn)
    if (owners.kind === 'notRead') return [notChecked(`Whether anybody owns ${spn}, which ${account.accountName} lists`, owners.why, read)]
    return owners.value.length > 0 ? [] : [describeStale({ facts, account }, spn, [...read, `servicePrincipalName=${spn}`])]
  })
  return outcomes.length > 0 ? outcomes : [passed(`Somebody owns each SPN that ${account.accountName} lists.`, read)]
}

function describeStale({ facts, account }: Holder, spn: string, read: readonly string[]): Outcome {
  const message = `${account.accountName} lists ${spn}, which nobody owns.`
  const application = facts.applications.find((each) => spnKey(each.spn) === spnKey(spn))
  // The entry of a published application is right: it is the SPN that is missing (check 15).
  if (application !== undefined) return found({ message, remedy: `Leave the entry and register the SPN: ${application.name} needs both.`, read })
  return found({ message, remedy: `Remove ${spn} from the list of ${account.accountName}.`, read, intent: { kind: 'disallowService', account: account.anchor, spn } })
}
