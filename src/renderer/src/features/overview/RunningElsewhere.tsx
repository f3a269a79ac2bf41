import { Link, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useEffect, useState, type ReactNode } from 'react'
import type { WorkspaceStatus } from '../../../../shared/api/unattendedCalls.ts'
import { useJobs } from '../../app/jobs.ts'
import { writeRoute } from '../../app/route.ts'
import { useClient } from '../../app/service.tsx'
import { scheduleTexts } from '../../texts/schedule.ts'
import { texts } from '../../texts.ts'

/** Milliseconds between two looks at who writes: a scheduled cycle begins without telling the window. */
const interval = 5000

const useStyles = makeStyles({ link: { marginLeft: tokens.spacingHorizontalS } })

/** What another process does in this workspace just now: the scheduled cycle, or a command line. */
export function RunningElsewhere(): ReactNode {
  const styles = useStyles()
  const isOurs = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const writer = useWriter()
  if (writer === null || isOurs) return null
  return <MessageBar intent="info"><MessageBarBody role="status">{scheduleTexts.overview.elsewhere(writer.pid)}: {scheduleTexts.overview.writing(writer.what, writer.since)}<Link inline className={styles.link} href={writeRoute({ screen: 'runs', parameters: {} })}>{texts.overview.allRuns}</Link></MessageBarBody></MessageBar>
}

/** Asked again and again, because nothing announces the work of another process; what it has written is read when it has ended. */
function useWriter(): WorkspaceStatus['writer'] {
  const client = useClient()
  const [writer, setWriter] = useState<WorkspaceStatus['writer']>(null)
  useEffect(() => {
    const cancel = new AbortController()
    let before: string | null = null
    const look = async (): Promise<void> => {
      const status = await client.call('status.show', {}, cancel.signal)
      if (cancel.signal.aborted || !status.ok) return
      // By what it has left behind, too: a cycle that begins and ends between two looks is never seen at work.
      const traces = tracesOf(status.value)
      if (before !== null && before !== traces) useJobs.setState((state) => ({ version: state.version + 1 }))
      before = traces
      setWriter(status.value.writer)
    }
    // A look that fails is no event of the screen: the next one comes, and a lost service is told by the frame.
    const tick = (): void => void look().catch(() => setWriter(null))
    tick()
    const timer = setInterval(tick, interval)
    return () => { clearInterval(timer); cancel.abort() }
  }, [client])
  return writer
}

/** Another text as soon as somebody has begun, ended or written something. */
function tracesOf({ writer, lastRun, planHash, lastExportAt }: WorkspaceStatus): string {
  return [writer?.pid, writer?.since, lastRun?.id, lastRun?.status, planHash, lastExportAt].join(' ')
}
