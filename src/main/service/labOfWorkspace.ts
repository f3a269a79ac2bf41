import type { LabEndpoints } from '../lab/labEndpoints.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { WorkspaceConfiguration } from '../workspace/configuration.ts'

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

export function labFailed(error: unknown): Problem {
  return {
    kind: 'unreachable',
    message: `The lab did not start: ${error instanceof Error ? error.message : String(error)}`,
    remedy: 'End the program that is named, or remove the folder "lab" of the workspace to begin with a new lab.',
  }
}
