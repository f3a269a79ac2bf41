import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, type Result } from '../../../shared/domain/result.ts'
import type { HostServices } from '../worker/hostServices.ts'
import { openWindowService, type WindowService } from './openWindowService.ts'
import { prepareWorkspace, type WorkspaceWish } from './prepareWorkspace.ts'

export type WorkspaceServiceOptions = WorkspaceWish & { /** Entry of the service's worker thread. */ readonly serviceWorker: URL; readonly onError: (message: string) => void; readonly hostServices?: HostServices }

/** The service of the workspace that a window shows. A workspace that was just made gets its first cycle, which the window joins. */
export async function openWorkspaceService(options: WorkspaceServiceOptions): Promise<Result<WindowService, readonly Problem[]>> {
  const workspace = await prepareWorkspace(options)
  if (!workspace.ok) return fail([workspace.problem])
  const { folder, isNew } = workspace.value
  const service = await openWindowService({ folder, environment: options.environment, labWorker: options.labWorker.href, entry: options.serviceWorker, onError: options.onError, ...(options.hostServices === undefined ? {} : { hostServices: options.hostServices }) })
  if (service.ok && isNew) await service.value.begin('runs.start', { profile: 'cycle', acceptSmallerSource: null })
  return service
}
