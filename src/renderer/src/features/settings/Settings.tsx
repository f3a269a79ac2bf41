import { Button, makeStyles, MessageBar, MessageBarBody, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { ConfigurationFault } from '../../../../shared/api/rulesEditing.ts'
import { useAnswer } from '../../app/service.tsx'
import { valueOf } from '../../app/valueOf.ts'
import { texts } from '../../texts.ts'
import { ExpiringSecrets } from '../../ui/ExpiringSecrets.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { useDebounced } from '../../ui/useDebounced.ts'
import { Appearance } from './Appearance.tsx'
import { Connections } from './Connections.tsx'
import { Lifecycle } from './Lifecycle.tsx'
import { SaveSettings } from './SaveSettings.tsx'
import { ScheduleCard } from './ScheduleCard.tsx'
import { SecretsCard } from './SecretsCard.tsx'
import { listEdits, useSettingsDraft } from './settingsDraft.ts'
import { StandingCard } from './StandingCard.tsx'
import { Thresholds } from './Thresholds.tsx'
import { WorkspaceCard } from './WorkspaceCards.tsx'

/** Everything of the lifecycle but these two decides about changes, so a plan that was made before is another one. */
const undecided = ['/lifecycle/smallerSourcePercent', '/lifecycle/retentionDays']

const useStyles = makeStyles({
  body: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXL}`, maxWidth: '1180px' },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
})

/** What a workspace is told once: connections, limits, lifecycle; and how the window looks. */
export function Settings(): ReactNode {
  const styles = useStyles()
  const shown = useAnswer('settings.show', {})
  const workspace = useAnswer('workspace.describe', {})
  const edits = useSettingsDraft((state) => state.edits)
  const settled = useDebounced(edits, 200)
  const edited = useAnswer('configuration.edit', { edits: listEdits(settled) })
  const [kept, setKept] = useState<number | null>(null)
  const [settings, described, answer] = [valueOf(shown), valueOf(workspace), valueOf(edited)]
  const isChanged = Object.keys(edits).length > 0
  const faults = answer?.problems ?? []
  const isReady = edited.status === 'ready' && settled === edits && faults.length === 0
  return (
    <>
      <ScreenHeader title={texts.screens.settings} about={isChanged ? texts.settings.changed(Object.keys(edits).length) : texts.settings.about}>
        {isChanged && <Button onClick={() => useSettingsDraft.setState({ edits: {} })}>{texts.settings.discard}</Button>}
        {answer !== null && (isChanged || kept !== null) && <SaveSettings edited={answer} isReady={isReady && isChanged} decidesOtherwise={Object.keys(edits).some((path) => path.startsWith('/lifecycle') && !undecided.includes(path))} onSaved={setKept} />}
      </ScreenHeader>
      <div className={styles.body}>
        {!isChanged && kept !== null && <MessageBar intent="success"><MessageBarBody role="status">{texts.settings.saved(kept)}</MessageBarBody></MessageBar>}
        {shown.status === 'failed' && <ProblemMessage problem={shown.problem} />}
        {edited.status === 'failed' && <ProblemMessage problem={edited.problem} />}
        {described?.purpose === 'production' && <ExpiringSecrets />}
        <OtherFaults faults={faults} />
        {settings === null && shown.status === 'loading' && <Skeleton aria-label={texts.list.loading}><SkeletonItem size={128} /><SkeletonItem size={128} /></Skeleton>}
        {settings !== null && described !== null && <Connections entra={settings.entra} directory={settings.directory} isLab={described.purpose === 'lab'} />}
        {settings !== null && <Thresholds thresholds={settings.thresholds} faults={faults} />}
        {settings !== null && <Lifecycle lifecycle={settings.lifecycle} faults={faults} />}
        {settings !== null && <ScheduleCard cycle={settings.cycle} />}
        <StandingCard />
        <SecretsCard />
        <Appearance />
        {described !== null && <WorkspaceCard workspace={described} />}
      </div>
    </>
  )
}

/** What has no field on this screen: somebody has edited the file by hand. */
function OtherFaults({ faults }: { readonly faults: readonly ConfigurationFault[] }): ReactNode {
  const styles = useStyles()
  const others = faults.filter(({ path }) => !/^\/(thresholds|lifecycle)\//.test(path))
  if (others.length === 0) return null
  return <MessageBar intent="error" layout="multiline"><MessageBarBody>{texts.settings.otherFaults}<ul className={styles.list}>{others.map(({ path, line, message, allowed }) => <li key={`${path} ${message}`}>{texts.settings.faultAt(path, line, texts.settings.fault(message, allowed))}</li>)}</ul></MessageBarBody></MessageBar>
}
