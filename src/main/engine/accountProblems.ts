import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { ObjectProblem } from '../../shared/domain/problem.ts'

export function unusableAccount(account: ConnectorObject): ObjectProblem {
  return {
    kind: 'nameInvalid',
    message: `The account ${account.anchor} was imported without a usable DN or objectGUID.`,
    remedy: 'Run the full import of "ad" again; if this stays, report it with the log of the import.',
    connector: 'ad',
    object: account.anchor,
  }
}

/** What was not read must not be taken for enabled or disabled. */
export function controlNotRead(account: ConnectorObject): ObjectProblem {
  return {
    kind: 'valueMissing',
    message: `Whether the account ${account.dn ?? account.anchor} is enabled is not known: userAccountControl was not imported.`,
    remedy: 'Let the account of Guestbridge read userAccountControl in the managed organisational units, then run the full import of "ad" again.',
    connector: 'ad',
    object: account.anchor,
    detail: { attribute: 'userAccountControl' },
  }
}
