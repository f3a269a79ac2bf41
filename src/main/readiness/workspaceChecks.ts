import type { ReadinessCheck } from './readinessCheck.ts'
import { checkCredentialEnd, checkFolder, checkKeychain, checkNewestRun, checkSecrets } from './workspace/workspaceAnswers.ts'
import type { WorkspaceWorld } from './workspace/workspaceWorld.ts'

const row = (id: string, title: string, check: ReadinessCheck<WorkspaceWorld>['check']): ReadinessCheck<WorkspaceWorld> => ({ id, area: 'workspace', title, check })

export const workspaceChecks: readonly ReadinessCheck<WorkspaceWorld>[] = [
  row('workspace-folder', 'Folder of the workspace', checkFolder),
  row('workspace-keychain', 'Keychain', checkKeychain),
  row('workspace-secrets', 'Secrets', checkSecrets),
  row('workspace-credential', 'Certificate or secret of the application', checkCredentialEnd),
  row('workspace-newest-run', 'Newest run', checkNewestRun),
]
