import type { ConnectorFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { failed, found, notChecked, passed } from '../outcome.ts'
import { nameOfApplication } from '../wording.ts'

/** 3: of an application's connectors, two should be active. Of those that Entra does not know, nobody tells here whether they run. */
export function checkConnectorGroup({ application, connectors }: Subjects['connectorGroup']): readonly Outcome[] {
  if (connectors.length === 0) {
    return [failed({
      message: `No connector serves ${nameOfApplication(application)}: nobody can sign in to it.`,
      remedy: `Put a connector into ${nameGroup(application.group)}, or give the application a group that has one.`, read: [`connector group of ${application.name}`]
    })]
  }
  const active = connectors.filter((connector) => connector.status === 'active')
  const unknown = connectors.filter((connector) => connector.status === null)
  const inactive = connectors.filter((connector) => connector.status === 'inactive').map((connector) => judgeInactive(connector, active.length + unknown.length))
  if (unknown.length > 0) return [...inactive, notChecked(`Whether ${unknown.map((each) => each.name).join(', ')} is running for ${application.name}`, 'only Entra knows the status of a connector, and this one is not of Entra')]
  if (active.length > 1) return [...inactive, passed(`${active.length} connectors of ${application.name} are active.`, readOf(active))]
  if (active.length === 0) return inactive
  return [...inactive, found({
    message: `${application.name} has one active connector only (${active[0]?.name ?? ''}): sign-on stops whenever it does.`,
    remedy: `Add a second connector to ${nameGroup(application.group)}.`, read: readOf(active)
  })]
}

function judgeInactive(connector: ConnectorFacts, others: number): Outcome {
  const fault = {
    message: `Connector ${connector.name} is inactive${others === 0 ? ', and no other connector of its group is active' : ''}.`,
    remedy: `Start the service of the connector on ${connector.name}, and see that it reaches Entra.`, read: readOf([connector]), narrowedTo: { connector: connector.name }
  }
  return others === 0 ? failed(fault) : found(fault)
}

function readOf(connectors: readonly ConnectorFacts[]): readonly string[] {
  return connectors.map((connector) => `connector ${connector.name} status`)
}

function nameGroup(group: string | null): string {
  return group === null ? 'the workspace' : `connector group ${group}`
}
