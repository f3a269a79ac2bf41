import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular, CheckmarkCircleRegular, DismissCircleRegular, KeyboardRegular, SearchRegular } from '@fluentui/react-icons'
import { useEffect, useState, type ReactElement, type ReactNode } from 'react'
import type { WorkspaceDescription } from '../../../shared/api/contract.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { texts } from '../texts.ts'
import { ProblemMessage } from '../ui/ProblemMessage.tsx'
import { CommandPalette } from './CommandPalette.tsx'
import { cancelJob, startJob, useJobs } from './jobs.ts'
import { KeyHelp } from './KeyHelp.tsx'
import { useRoute } from './route.ts'
import { ofError, useClient } from './service.tsx'
import { useWindowKeys } from './useWindowKeys.ts'

const useStyles = makeStyles({
  top: { flexShrink: 0 },
  bar: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXL} 0` },
  workspace: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  search: { marginLeft: 'auto', flexShrink: 0, width: '260px', justifyContent: 'flex-start', fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2 },
  keys: { marginLeft: 'auto', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  words: { flexGrow: 1, textAlign: 'start' },
  status: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap' },
  problem: { padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXL} 0` },
})

type Open = 'nothing' | 'palette' | 'keys'
type ServiceStatus = 'ready' | 'working' | 'ended'
const icons: Readonly<Record<ServiceStatus, ReactElement>> = { ready: <CheckmarkCircleRegular />, working: <ArrowSyncRegular />, ended: <DismissCircleRegular /> }

/** Which workspace this is, the way to anything by typing, and whether the service answers. */
export function TopBar({ workspace }: { readonly workspace: WorkspaceDescription | null }): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const { screen } = useRoute((state) => state.route)
  const running = useJobs((state) => state.jobs).filter((job) => job.endedAt === null)
  const [open, setOpen] = useState<Open>('nothing')
  const [problem, setProblem] = useState<Problem | null>(null)
  const status = useServiceStatus(running.length > 0)
  useWindowKeys(setOpen)
  const runProfile = (profile: string): void => {
    setProblem(null)
    startJob(client, 'runs.start', { profile, acceptSmallerSource: null }).then((result) => { if (!result.ok) setProblem(result.problem) }, (error: unknown) => setProblem(ofError(error)))
  }
  const cancelRuns = running.length === 0 ? null : (): void => running.forEach((job) => { cancelJob(client, job.id).catch((error: unknown) => setProblem(ofError(error))) })
  return (
    <>
      <header className={styles.top}>
        <div className={styles.bar}>
          {workspace !== null && <span className={styles.workspace} title={workspace.tenant}><strong>{workspace.name}</strong> · {workspace.guestOu}</span>}
          <Button className={styles.search} icon={<SearchRegular />} title={texts.palette.open} onClick={() => setOpen('palette')}><span className={styles.words}>{texts.goTo}</span><kbd className={styles.keys}>Ctrl+K</kbd></Button>
          <span className={styles.status} role="status">{icons[status]}{texts.status[status]}</span>
          <Button appearance="subtle" icon={<KeyboardRegular />} aria-label={texts.palette.keys} title={texts.palette.keys} onClick={() => setOpen('keys')} />
        </div>
        {problem !== null && <div className={styles.problem}><ProblemMessage problem={problem} onDismiss={() => setProblem(null)} /></div>}
      </header>
      <CommandPalette isOpen={open === 'palette'} actions={{ runProfile, cancelRuns, showKeys: () => setOpen('keys') }} onClose={() => setOpen('nothing')} />
      <KeyHelp isOpen={open === 'keys'} screen={screen} onClose={() => setOpen('nothing')} />
    </>
  )
}

function useServiceStatus(isWorking: boolean): ServiceStatus {
  const client = useClient()
  const [ended, setEnded] = useState<typeof client | null>(null)
  useEffect(() => void client.closed.then(() => setEnded(client)), [client])
  return ended === client ? 'ended' : isWorking ? 'working' : 'ready'
}
