import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { ReadinessFinding } from '../../../shared/domain/readiness.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { DirectoryConnection } from '../../connectors/ad/directoryConnection.ts'
import type { DirectoryReader } from '../../connectors/connector.ts'
import { failed, notChecked } from '../../readiness/answers.ts'
import type { DomainWorld } from '../../readiness/domain/domainWorld.ts'
import type { ApplicationService } from '../../readiness/domain/serviceRights.ts'
import { domainChecks } from '../../readiness/domainChecks.ts'
import type { ReadinessCheck } from '../../readiness/readinessCheck.ts'
import { resourceChecks } from '../../readiness/resourceChecks.ts'
import { bindChecks, type BoundCheck } from '../../readiness/runChecks.ts'
import { tenantChecks } from '../../readiness/tenantChecks.ts'
import { workspaceChecks } from '../../readiness/workspaceChecks.ts'
import { resourceConnection } from '../delegationConnections.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import { connectionOf, domainSettings, inspectorOf, openDomainWorld, type Trial } from './domainWorld.ts'
import { listServices } from './listServices.ts'
import { openTenantWorld } from './tenantWorld.ts'
import { readWorkspaceWorld } from './workspaceWorld.ts'

type CheckName = Pick<ReadinessFinding, 'id' | 'area' | 'title'>
type Opened = { readonly checks: readonly BoundCheck[]; readonly close: () => Promise<void> }

/** What can be checked in this workspace. A controller without certificate comes first (sync-semantics 22); those of a domain for the applications only where there is one. */
export function listChecks({ configuration }: WorkspaceSession): readonly CheckName[] {
  const resources = configuration.resourceDirectory === undefined ? [] : resourceChecks({ accounts: () => Promise.resolve(null), services: () => Promise.resolve([]) })
  return [...domainChecks, ...resources, ...tenantChecks, ...workspaceChecks].map(({ id, area, title }) => ({ id, area, title }))
}

/** Only what the chosen areas look at is opened. */
export async function openChecks(session: WorkspaceSession, areas: ReadonlySet<ReadinessFinding['area']>, trial: Trial): Promise<Opened> {
  const parts: Opened[] = []
  if (areas.has('domain')) parts.push(ofDomain(domainChecks, await openDomainWorld(session, trial)))
  if (areas.has('resourceDomain')) parts.push(await openResourceChecks(session))
  if (areas.has('tenant')) parts.push(await openTenantChecks(session))
  if (areas.has('workspace')) parts.push({ checks: bindChecks(workspaceChecks, await readWorkspaceWorld(session)), close: () => Promise.resolve() })
  return {
    checks: parts.flatMap(({ checks }) => checks),
    close: async () => { await Promise.all(parts.map(({ close }) => close())) },
  }
}

function ofDomain(checks: readonly ReadinessCheck<DomainWorld>[], world: Result<DomainWorld, Problem>): Opened {
  if (!world.ok) return { checks: bindChecks(withoutConnection(checks, world.problem), null), close: () => Promise.resolve() }
  return { checks: bindChecks(checks, world.value), close: () => world.value.inspector.close() }
}

/** Both domains: what is between them is seen from the one of the applications, which has to trust the other. */
async function openResourceChecks(session: WorkspaceSession): Promise<Opened> {
  const [accounts, resources] = [await connectionOf(session), await resourceConnectionOf(session)]
  const home = accounts.ok ? inspectorOf(accounts.value) : null
  const accountsDn = async (signal: AbortSignal): Promise<Dn | null> => {
    const signedIn = home === null ? null : await home.signIn(signal)
    return signedIn?.ok === true ? signedIn.value.domainDn : null
  }
  const services = (signal: AbortSignal): Promise<readonly ApplicationService[]> => (resources.ok ? listServices(session, resources.value, signal) : Promise.resolve([]))
  const opened = ofDomain(resourceChecks({ accounts: accountsDn, services }), resources.ok ? succeed(describeResourceWorld(session, resources.value)) : resources)
  return { checks: opened.checks, close: async () => { await Promise.all([opened.close(), home?.close()]) } }
}

export async function resourceConnectionOf({ folder, configuration, environment, deciding, labEndpoints }: WorkspaceSession): Promise<Result<DirectoryConnection, Problem>> {
  const connection = await resourceConnection({ folder, configuration, environment, deciding, lab: { endpoints: labEndpoints, close: () => Promise.resolve() } })
  if (!connection.ok) return connection
  return connection.value === null ? fail(noResourceDomain) : succeed(connection.value)
}

function describeResourceWorld(session: WorkspaceSession, connection: DirectoryConnection): DomainWorld {
  return {
    settings: { ...domainSettings(session, connection.account), managedOus: [] }, inspector: inspectorOf(connection),
    reader: (): Promise<Result<DirectoryReader, Problem>> => Promise.resolve(fail(nothingImported)), store: session.reader, now: Date.parse(session.now()), probe: null,
  }
}

async function openTenantChecks(session: WorkspaceSession): Promise<Opened> {
  const world = await openTenantWorld(session)
  return {
    checks: bindChecks(tenantChecks, world),
    close: async () => {
      const inspector = await world.inspector()
      if (inspector.ok) await inspector.value.close()
    },
  }
}

/** Where not even a connection can be described (no password, no file of the authority), the sign-in says why, and nothing else is known. */
function withoutConnection(checks: readonly ReadinessCheck<DomainWorld>[], problem: Problem): readonly ReadinessCheck<null>[] {
  return checks.map(({ id, area, title }) => ({
    id, area, title,
    check: async () => (id.endsWith('-bind') ? failed(problem.message, problem.remedy) : notChecked('There is no connection to the domain yet.', problem.remedy)),
  }))
}

const noResourceDomain: Problem = { kind: 'configurationInvalid', message: 'The workspace names no domain of its own for the applications.', remedy: 'Add resourceDirectory to workspace.json where connectors and applications are in another domain.' }
const nothingImported: Problem = { kind: 'configurationInvalid', message: 'Nothing is imported from the domain of the applications.', remedy: 'Nothing is to be done.' }
