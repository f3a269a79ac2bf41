import type { Subjects, Outcome } from '../check.ts'
import { found, passed, whenRead } from '../outcome.ts'
import { attributeOf, enumerate } from '../wording.ts'

/** 1: delegation is set on an account, so the connector must be exactly one. */
export function checkConnectorAccount({ connector }: Subjects['connector']): readonly Outcome[] {
  return whenRead(connector.accounts, `The account of connector ${connector.name}`, (accounts) => {
    const [account, ...others] = accounts
    const read = accounts.flatMap((each) => attributeOf(each, 'dNSHostName'))
    if (account === undefined) {
      return [found({
        message: `There is no account for connector ${connector.name} in the directory.`,
        remedy: `Join the machine of ${connector.name} to the domain, or correct the connector's name where it is configured.`, read: [`dNSHostName=${connector.name}`]
      })]
    }
    if (others.length > 0) {
      return [found({
        message: `Connector ${connector.name} could be any of ${enumerate(accounts.map((each) => each.dn))}.`,
        remedy: 'Give only one of these accounts that host name, or name the connector by its account name in workspace.json.', read
      })]
    }
    return [passed(`Connector ${connector.name} is ${account.accountName}.`, read)]
  })
}
