import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findAnsweringController } from './answeringController.ts'
import { renderKerberosConfiguration, type Realm } from './kerberosConfiguration.ts'
import { runTool, type ToolAnswer } from './runTool.ts'
import type { ProofTools } from './proofRequest.ts'

/** Where the tickets of one proof lie: the connector's, the guest's to the connector, the guest's to the service. */
export type TicketCache = 'connector' | 'self' | 'guest'

export type KerberosTools = {
  readonly run: (program: string, args: readonly string[], options?: { readonly cache?: TicketCache; readonly input?: string }) => Promise<ToolAnswer>
  readonly cacheName: (cache: TicketCache) => string
  readonly findController: () => Promise<string | null>
  readonly folder: string
}

/** MIT's tools with a configuration and caches of their own, below `folder`. */
export async function prepareKerberosTools(folder: string, realms: readonly Realm[], serviceHost: string | null, tools: ProofTools, signal: AbortSignal): Promise<KerberosTools> {
  const configuration = join(folder, 'krb5.conf')
  const trace = join(folder, 'trace')
  await writeFile(configuration, renderKerberosConfiguration(realms, serviceHost), { mode: 0o600 })
  await writeFile(trace, '', { mode: 0o600 })
  const cacheName = (cache: TicketCache): string => `FILE:${join(folder, cache)}`
  const environment = { PATH: tools.searchPath, HOME: folder, TMPDIR: folder, LC_ALL: 'C', TZ: 'UTC', KRB5_CONFIG: configuration, KRB5_TRACE: trace }
  return {
    folder, cacheName,
    run: (program, args, { cache = 'connector', input = '' } = {}) => runTool({ program, args, input, environment: { ...environment, KRB5CCNAME: cacheName(cache) } }, signal),
    findController: async () => findAnsweringController(await readFile(trace, 'utf8')),
  }
}
