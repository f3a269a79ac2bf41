import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { createLabWorkspace } from '../../service/createLabWorkspace.ts'
import { findUserWorkspaceFolder, refuseNetworkFolder } from '../../workspace/folders.ts'
import { configurationFileName } from '../../workspace/readConfiguration.ts'

export type WorkspaceWish = {
  /** What the person named; undefined: the workspace of this user. */
  readonly named: string | undefined
  readonly currentFolder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly labWorker: URL
}

/** The workspace that a window opens: where there is none yet, the lab, so that the first start shows something. */
export async function prepareWorkspace({ named, currentFolder, environment, platform, labWorker }: WorkspaceWish): Promise<Result<{ readonly folder: string; readonly isNew: boolean }, Problem>> {
  const folder = named === undefined ? findUserWorkspaceFolder(environment, platform) : succeed(resolve(currentFolder, named))
  if (!folder.ok) return folder
  if (existsSync(join(folder.value, configurationFileName))) return succeed({ folder: folder.value, isNew: false })
  const network = await refuseNetworkFolder(folder.value, platform)
  if (network !== null) return fail(network)
  const made = await createLabWorkspace(folder.value, 'Lab', labWorker)
  return made.ok ? succeed({ folder: folder.value, isNew: true }) : made
}
