import { parseSpn } from '../../../../shared/domain/spn.ts'
import type { Outcome, Subjects } from '../check.ts'
import { isDomainController } from '../isDomainController.ts'
import { found, notChecked, passed, whenRead } from '../outcome.ts'
import { readFully } from '../readFully.ts'
import { ownersOf, serviceAccounts } from '../spnOwners.ts'
import { attributeOf, enumerate } from '../wording.ts'

const powerfulClasses = new Set(['ldap', 'cifs', 'host'])

/** 10: with a ticket for ldap/, cifs/ or host/ of a domain controller in anybody's name, the connector owns the domain. */
export function checkDelegationToController({ facts, account }: Subjects['connectorAccount']): readonly Outcome[] {
  return whenRead(readFully(account, account.allowedToDelegateTo), `The list of services of ${account.accountName}`, (list) => judgeList({ facts, account }, list))
}

function judgeList({ facts, account }: Pick<Subjects['connectorAccount'], 'facts' | 'account'>, list: readonly string[]): readonly Outcome[] {
  const read = attributeOf(account, 'msDS-AllowedToDelegateTo')
  const outcomes = list.filter(isPowerful).flatMap((spn) => {
    const owners = ownersOf(facts, spn)
    if (owners.kind === 'notRead') return [notChecked(`Whether ${spn}, which ${account.accountName} lists, is of a domain controller`, owners.why, read)]
    const controllers = serviceAccounts(owners.value).filter(isDomainController)
    if (controllers.length === 0) return []
    return [found({
      message: `${account.accountName} may act as anybody towards ${spn} of domain controller ${enumerate(controllers.map((each) => each.accountName))}: that is as much as the domain itself.`,
      remedy: `Remove ${spn} from the list of ${account.accountName}.`, read: [...read, ...controllers.flatMap((each) => attributeOf(each, 'primaryGroupID'))],
      intent: { kind: 'disallowService', account: account.anchor, spn }
    })]
  })
  return outcomes.length > 0 ? outcomes : [passed(`${account.accountName} lists no service of a domain controller.`, read)]
}

function isPowerful(spn: string): boolean {
  const parsed = parseSpn(spn)
  return parsed.ok && powerfulClasses.has(parsed.value.serviceClass.toLowerCase())
}
