import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { WorkspaceDescription } from '../../../../shared/api/contract.ts'
import { texts } from '../../texts.ts'
import { CommandToCopy } from '../../ui/CommandToCopy.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { SettingsCard } from './SettingsCard.tsx'

const useStyles = makeStyles({ text: { margin: 0, color: tokens.colorNeutralForeground2, maxWidth: '90ch' } })

/** Which workspace this is, and how another one is opened. */
export function WorkspaceCard({ workspace }: { readonly workspace: WorkspaceDescription }): ReactNode {
  const styles = useStyles()
  const words = texts.settings.workspace
  return (
    <SettingsCard title={words.title} about={words.about}>
      <Facts facts={[[words.name, workspace.name], [words.folder, workspace.folder], [words.id, workspace.id], [words.purpose, words.purposes[workspace.purpose]], [words.rules, workspace.rules]]} />
      <p className={styles.text}>{words.switch}</p>
      <CommandToCopy command="npm start -- --workspace FOLDER" />
    </SettingsCard>
  )
}
