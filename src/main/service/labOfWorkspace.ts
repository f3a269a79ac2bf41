import type { LabEndpoints } from '../lab/labEndpoints.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { OpenLab } from '../lab/openLab.ts'
import type { WorkspaceConfiguration } from '../workspace/configuration.ts'
import { readWorkspaceConfiguration } from '../workspace/readConfiguration.ts'

export type LabOfWorkspace = {
  /** Null for a workspace that is not a lab. Joins the lab that runs already or starts one for this service's time. */
  readonly endpoints: () => Promise<Result<LabEndpoints | null, Problem>>
  readonly close: () => Promise<void>
}

/** The lab is loaded only where a workspace asks for it, and only when a connection is needed. */
export function openLabIfWanted(folder: string, configuration: WorkspaceConfiguration, labWorker: URL): LabOfWorkspace {
  if (configuration.purpose !== 'lab') return { endpoints: () => Promise.resolve(succeed(null)), close: () => Promise.resolve() }
  let opened: ReturnType<typeof open> | null = null
  const open = async () => {
    const { openLab } = await import('../lab/openLab.ts')
    return openLab(folder, labWorker)
  }
  return {
    endpoints: async () => {
      try {
        opened ??= open()
        return succeed((await opened).endpoints)
      } catch (error) {
        opened = null
        return fail(labFailed(error))
      }
    },
    close: async () => {
      if (opened !== null) await (await opened).close()
    },
  }
}

/** The lab of a workspace for as long as somebody wants it, whether or not another process runs it already. */
export async function openLabOfWorkspace(folder: string, labWorker: URL): Promise<Result<OpenLab, Problem>> {
  const configuration = await readWorkspaceConfiguration(folder)
  if (!configuration.ok) return fail(labNotConfigured(folder, configuration.problem[0]?.message ?? 'its configuration cannot be read'))
  if (configuration.value.purpose !== 'lab') return fail(labNotConfigured(folder, 'its purpose is production'))
  try {
    const { openLab } = await import('../lab/openLab.ts')
    return succeed(await openLab(folder, labWorker))
  } catch (error) {
    return fail(labFailed(error))
  }
}

function labNotConfigured(folder: string, why: string): Problem {
  return { kind: 'usage', message: `${folder} is not the workspace of a lab: ${why}.`, remedy: 'Make one with "guestbridge --workspace FOLDER init --lab".' }
}

export function labFailed(error: unknown): Problem {
  return {
    kind: 'unreachable',
    message: `The lab did not start: ${error instanceof Error ? error.message : String(error)}`,
    remedy: 'End the program that is named, or remove the folder "lab" of the workspace to begin with a new lab.',
  }
}
