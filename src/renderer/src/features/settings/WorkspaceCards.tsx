import type { ReactNode } from 'react'
import type { WorkspaceDescription } from '../../../../shared/api/contract.ts'
import { texts } from '../../texts.ts'
import { OpenWorkspace } from '../../ui/OpenWorkspace.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { SettingsCard } from './SettingsCard.tsx'

/** Which workspace this is, and how another one is opened. */
export function WorkspaceCard({ workspace }: { readonly workspace: WorkspaceDescription }): ReactNode {
  const words = texts.settings.workspace
  return (
    <SettingsCard title={words.title} about={words.about}>
      <Facts facts={[[words.name, workspace.name], [words.folder, workspace.folder], [words.id, workspace.id], [words.purpose, words.purposes[workspace.purpose]], [words.rules, workspace.rules]]} />
      <OpenWorkspace />
    </SettingsCard>
  )
}
