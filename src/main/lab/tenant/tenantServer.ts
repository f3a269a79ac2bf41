import { startHttpsServer } from '../http/httpsServer.ts'
import type { HttpsServer } from '../http/httpsServer.ts'
import { administerTenant } from './administration/administerTenant.ts'
import type { TenantCommand, TenantOutcome } from './administration/tenantCommand.ts'
import { createFaultPlan } from './faults/faultPlan.ts'
import { withFaults } from './faults/withFaults.ts'
import { createGraphService } from './graph/graphService.ts'
import { createSignInService } from './signIn/signInService.ts'
import { createAuthorizationCodes } from './signIn/authorizationCodes.ts'
import { createDeviceCodes } from './signIn/deviceCodes.ts'
import type { TenantContext } from './tenantContext.ts'
import type { TenantOptions } from './tenantSettings.ts'
import { noProxy } from './tenantProxy.ts'
import { openTenantStore } from './store/tenantStore.ts'

export type RunningTenant = {
  readonly graphUrl: string
  readonly signInUrl: string
  /** What is done to the tenant from outside of Graph: changes, faults, policies. */
  administer(command: TenantCommand): TenantOutcome
  close(): Promise<void>
}

/**
 * Starts Microsoft Graph and the sign-in service of one tenant, each on a port of its own, so that a client which mixes them up
 * is refused as it would be by the real ones. Rejects with EADDRINUSE where a port is taken; nothing is left behind then.
 */
export async function startTenant(options: TenantOptions): Promise<RunningTenant> {
  const servers: HttpsServer[] = []
  const listen = async (port: number): Promise<HttpsServer> => {
    const server = await startHttpsServer({ host: options.host, port, tls: options.tls })
    servers.push(server)
    return server
  }
  try {
    const [graph, signIn] = [await listen(options.graphPort), await listen(options.signInPort)]
    const store = openTenantStore(options.file, { users: options.seed, groups: options.groups ?? [], history: options.history ?? [] })
    const context = describeContext(options, graph.port, signIn.port, store)
    graph.serve(withFaults(createGraphService(context), context.faults))
    signIn.serve(withFaults(createSignInService(context), context.faults))
    const close = async () => {
      await Promise.all(servers.map((server) => server.close()))
      store.close()
    }
    return { graphUrl: context.graphUrl, signInUrl: context.signInUrl, administer: (command) => administerTenant(context, command, new Date()), close }
  } catch (error) {
    await Promise.all(servers.map((server) => server.close()))
    throw error
  }
}

function describeContext(options: TenantOptions, graphPort: number, signInPort: number, store: TenantContext['store']): TenantContext {
  return {
    identity: options.identity,
    applications: options.applications,
    lifetimes: options.lifetimes,
    store,
    faults: createFaultPlan(),
    deviceCodes: createDeviceCodes(),
    authorizationCodes: createAuthorizationCodes(),
    proxy: options.proxy ?? noProxy,
    graphUrl: `https://${options.publicHost}:${graphPort}`,
    signInUrl: `https://${options.publicHost}:${signInPort}`,
  }
}
