import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { LabEndpoints } from '../lab/labEndpoints.ts'
import type { WorkspaceConfiguration } from '../workspace/configuration.ts'
import { initialiseWorkspace, type WorkspaceChoices } from '../workspace/initialiseWorkspace.ts'
import { configurationFileName } from '../workspace/readConfiguration.ts'
import { labFailed } from './labOfWorkspace.ts'

/** A workspace whose systems are the embedded lab: the lab is made first, because the workspace names its ports. */
export async function createLabWorkspace(folder: string, name: string, labWorker: URL): Promise<Result<WorkspaceConfiguration, Problem>> {
  if (existsSync(join(folder, configurationFileName))) {
    return fail({ kind: 'usage', message: `There is a workspace already in ${folder}; it was left as it is.`, remedy: 'Name another folder with --workspace.' })
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { openLab } = await import('../lab/openLab.ts')
  try {
    const lab = await openLab(folder, labWorker)
    try {
      const made = await initialiseWorkspace(folder, await choicesOf(folder, name, lab.endpoints))
      if (made.ok) return succeed(made.value)
      return fail({ kind: 'configurationInvalid', message: made.problem.map(({ path, message }) => `${path} ${message}`).join('; '), remedy: 'Name a folder that this account may write.' })
    } finally {
      await lab.close()
    }
  } catch (error) {
    return fail(labFailed(error))
  }
}

async function choicesOf(folder: string, name: string, lab: LabEndpoints): Promise<WorkspaceChoices> {
  const { listProxyApplications, proxyConnectors } = await import('../lab/seed/proxy.ts')
  const caFile = relative(folder, lab.caFile)
  return {
    kind: 'lab', name,
    entra: { cloud: 'custom', graphUrl: lab.graphUrl, signInUrl: lab.signInUrl, caFile, tenantId: lab.tenantId, clientId: lab.clientId, credential: { kind: 'secret' } },
    activeDirectory: { servers: [lab.ldapsUrl], security: 'ldaps', caFile, account: lab.account, guestOu: lab.domain.guestOu },
    delegation: { connectors: proxyConnectors.map(({ account, group }) => ({ account, group })), applications: listProxyApplications(lab.domain.dnsName) },
  }
}
