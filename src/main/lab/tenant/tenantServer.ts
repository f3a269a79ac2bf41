import { startHttpsServer } from '../http/httpsServer.ts'
import type { HttpsServer } from '../http/httpsServer.ts'
import { createGraphService } from './graph/graphService.ts'
import { createSignInService } from './signIn/signInService.ts'
import type { TenantContext } from './tenantContext.ts'
import type { TenantOptions } from './tenantSettings.ts'
import { openTenantStore } from './tenantStore.ts'

export type RunningTenant = {
  readonly graphUrl: string
  readonly signInUrl: string
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
    const store = openTenantStore(options.file, options.seed)
    const context = describeContext(options, graph.port, signIn.port, store)
    graph.serve(createGraphService(context))
    signIn.serve(createSignInService(context))
    const close = async () => {
      await Promise.all(servers.map((server) => server.close()))
      store.close()
    }
    return { graphUrl: context.graphUrl, signInUrl: context.signInUrl, close }
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
    graphUrl: `https://${options.publicHost}:${graphPort}`,
    signInUrl: `https://${options.publicHost}:${signInPort}`,
  }
}
