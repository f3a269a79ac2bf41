import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { WorkspaceDescription } from '../../../../shared/api/contract.ts'
import { texts } from '../../texts.ts'
import { ConnectButton } from '../../ui/ConnectButton.tsx'
import { OpenWorkspace } from '../../ui/OpenWorkspace.tsx'
import { useReturnFocus } from '../../ui/useReturnFocus.ts'
import { Panel } from './Panel.tsx'

const useStyles = makeStyles({
  cards: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))', gap: tokens.spacingHorizontalM },
  command: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', backgroundColor: tokens.colorNeutralBackground3, padding: '4px 8px', borderRadius: tokens.borderRadiusMedium },
  begin: { alignSelf: 'start' },
})

const initialiseLab = 'npm run guestbridge -- --workspace <folder> init --lab'

/** Where nothing was read yet: three ways on, one of them in this very workspace. */
export function FirstStart({ workspace, onRun }: { readonly workspace: WorkspaceDescription; readonly onRun: () => void }): ReactNode {
  const styles = useStyles()
  // The button that began the first cycle goes with these cards.
  useReturnFocus()
  const isLab = workspace.purpose === 'lab'
  const { lab, labHere, labElsewhere, labRun, connect, connectHere, connectElsewhere, connectRun, open, openAbout, firstAbout } = texts.overview
  return (
    <section aria-label={texts.overview.first} className={styles.cards}>
      <Panel title={lab} about={isLab ? labHere : labElsewhere} width="column">
        {isLab ? <Button className={styles.begin} appearance="primary" onClick={onRun}>{labRun}</Button> : <Command text={initialiseLab} />}
      </Panel>
      <Panel title={connect} about={isLab ? connectElsewhere : `${connectHere(workspace.tenant)} ${firstAbout}`} width="column">
        {isLab ? <div><ConnectButton isLab /></div> : <Button className={styles.begin} appearance="primary" onClick={onRun}>{connectRun}</Button>}
      </Panel>
      <Panel title={open} about={openAbout} width="column"><OpenWorkspace /></Panel>
    </section>
  )
}

function Command({ text }: { readonly text: string }): ReactNode {
  const styles = useStyles()
  const [said, setSaid] = useState('')
  const copy = (): void => void navigator.clipboard.writeText(text).then(() => setSaid(texts.overview.copied), () => setSaid(texts.overview.copyRefused))
  return <div className={styles.command}><code className={styles.code}>{text}</code><Button size="small" onClick={copy}>{texts.overview.copy}</Button><span role="status">{said}</span></div>
}
