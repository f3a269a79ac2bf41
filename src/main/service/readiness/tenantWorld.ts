import { createTenantInspector } from '../../connectors/graph/readiness/tenantInspector.ts'
import type { TenantInspector } from '../../connectors/readinessPorts.ts'
import type { TenantWorld } from '../../readiness/tenant/tenantWorld.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import { cloudEndpoints } from '../../workspace/clouds.ts'
import { entraConnection, once } from '../connections.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

/** The tenant as the checks see it. Where a secret is missing the inspector says so, and the checks with it. */
export async function openTenantWorld(session: WorkspaceSession): Promise<TenantWorld> {
  const { configuration, deciding, folder, environment, proxy, labEndpoints } = session
  const { entra } = configuration
  const lab = await labEndpoints()
  const inLab = lab.ok && lab.value !== null ? lab.value : null
  const connect = () => entraConnection({ folder, configuration, environment, deciding, lab: { endpoints: labEndpoints, close: () => Promise.resolve() } })
  return {
    settings: {
      tenantId: inLab?.tenantId ?? entra.tenantId, clientId: inLab?.clientId ?? entra.clientId, signInUrl: inLab?.signInUrl ?? cloudEndpoints(entra).signInUrl, graphUrl: inLab?.graphUrl ?? cloudEndpoints(entra).graphUrl,
      signsIn: entra.credential.kind === 'person' ? 'person' : 'application', scopeGroup: entra.scopeGroup ?? null, attributes: deciding.rules.attributesOf('entra'),
    },
    proxy,
    inspector: once(async (): Promise<Result<TenantInspector, Problem>> => {
      const connection = await connect()
      return connection.ok ? succeed(createTenantInspector(connection.value)) : connection
    }),
    reader: session.openEntra,
  }
}
