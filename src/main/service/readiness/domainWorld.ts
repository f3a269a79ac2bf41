import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { DirectoryConnection } from '../../connectors/ad/directoryConnection.ts'
import { createDirectoryInspector } from '../../connectors/ad/readiness/directoryInspector.ts'
import type { DirectoryInspector } from '../../connectors/readinessPorts.ts'
import type { DomainSettings, DomainWorld } from '../../readiness/domain/domainWorld.ts'
import { rememberAnswers } from '../../readiness/rememberAnswers.ts'
import { directoryConnection } from '../connections.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

export type Trial = 'leaveOut' | 'write'

/** The domain as the checks see it, over a connection of its own: what they find must not depend on one that is open for days. */
export async function openDomainWorld(session: WorkspaceSession, trial: Trial): Promise<Result<DomainWorld, Problem>> {
  const connection = await connectionOf(session)
  if (!connection.ok) return connection
  const now = Date.parse(session.now())
  return succeed({
    settings: domainSettings(session, connection.value.account), inspector: inspectorOf(connection.value), reader: session.openDirectory, store: session.reader, now,
    probe: trial === 'leaveOut' ? null : {
      // Twenty characters at most, and never the same twice (sAMAccountName).
      name: `gb-trial-${(now % 36 ** 8).toString(36)}`,
      target: session.openTarget,
    },
  })
}

export function inspectorOf(connection: DirectoryConnection): DirectoryInspector {
  return rememberAnswers(createDirectoryInspector(connection))
}

export function connectionOf({ folder, configuration, environment, deciding, labEndpoints }: WorkspaceSession): Promise<Result<DirectoryConnection, Problem>> {
  return directoryConnection({ folder, configuration, environment, deciding, lab: { endpoints: labEndpoints, close: () => Promise.resolve() } })
}

export function domainSettings({ deciding }: WorkspaceSession, account: string): DomainSettings {
  const { rules, guestOu, managedOus, leavers } = deciding
  const flows = rules.outbound.filter(({ connector }) => connector === 'ad').flatMap((rule) => rule.flows)
  const later = flows.filter(({ initialOnly }) => !initialOnly).map(({ to }) => to)
  return {
    account, guestOu, managedOus, leaverOu: leavers.action === 'disableAndMove' ? leavers.ou : null,
    deletesLeavers: leavers.action !== 'leave' && leavers.deleteAfterDays !== null,
    renames: later.some(isDn),
    writtenAttributes: [...new Set(later.filter((name) => !isDn(name)))],
    usedAttributes: [...new Set([...rules.attributesOf('ad'), ...flows.map(({ to }) => to)])],
  }
}

function isDn(name: string): boolean {
  return name.toLowerCase() === 'dn'
}
