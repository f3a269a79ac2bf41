import { app, dialog } from 'electron'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, type Result } from '../../../shared/domain/result.ts'
import type { WindowService } from '../window/openWindowService.ts'
import { openWorkspaceService, type WorkspaceServiceOptions } from '../window/openWorkspaceService.ts'

const choices = ['Try again', 'Open another workspace…', 'Quit'] as const

/** The service of the workspace. Where that does not open, the person is told why and chooses; null: to quit. */
export async function openServiceOrAsk(options: WorkspaceServiceOptions): Promise<WindowService | null> {
  const opened = await open(options)
  if (opened.ok) return opened.value
  const { response } = await dialog.showMessageBox({
    type: 'error', title: 'Guestbridge', message: 'The workspace cannot be opened.', detail: opened.problem.map(({ message, remedy }) => `${message}\n→ ${remedy}`).join('\n\n'),
    buttons: [...choices], defaultId: 0, cancelId: 2, noLink: true,
  })
  if (response === 0) return openServiceOrAsk(options)
  if (response === 1) return openServiceOrAsk({ ...options, named: (await chooseFolder()) ?? options.named })
  app.quit()
  return null
}

async function chooseFolder(): Promise<string | undefined> {
  const { filePaths } = await dialog.showOpenDialog({ title: 'Folder of the workspace', properties: ['openDirectory', 'createDirectory'] })
  return filePaths[0]
}

async function open(options: WorkspaceServiceOptions): Promise<Result<WindowService, readonly Problem[]>> {
  try {
    return await openWorkspaceService(options)
  } catch (error) {
    return fail([{ kind: 'internal', message: `The service did not start: ${error instanceof Error ? error.message : String(error)}`, remedy: 'Try again; if it happens again, report it with the log of the workspace.' }])
  }
}
