import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useMemo, useState, type ReactNode } from 'react'
import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob, useJobs } from '../../app/jobs.ts'
import { refine, useRoute } from '../../app/route.ts'
import { ofError, useAnswer, useClient } from '../../app/service.tsx'
import { formatInstant, texts } from '../../texts.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { SplitView } from '../../ui/SplitView.tsx'
import { DelegationDetail } from './DelegationDetail.tsx'
import { DelegationMap, focusSelectedPlace } from './DelegationMap.tsx'
import { DelegationOutcome } from './DelegationOutcome.tsx'
import { readPlace } from './delegationPlace.ts'
import { NothingYet } from './NothingYet.tsx'
import { ProxyOfEntra } from './ProxyOfEntra.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`, flexGrow: 1, flexShrink: 0 },
  // Whatever stands above, the map keeps room: then the screen scrolls.
  split: { display: 'flex', flexDirection: 'column', flex: '1 0 340px', minHeight: '340px', height: 0 },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
  wait: { display: 'grid', gap: tokens.spacingVerticalM, maxWidth: '760px' },
})

/** Whether sign-on through the proxy works, for each connector and application: why not, what to write, and the proof. */
export function Delegation(): ReactNode {
  const styles = useStyles()
  const shown = useAnswer('delegation.show', { detail: 'map' })
  const { problem, check, dismiss } = useCheck()
  const known = shown.status === 'ready' || shown.status === 'refreshing' ? shown.value : null
  const report = known?.check ?? null
  return (
    <>
      <ScreenHeader title={texts.screens.delegation} about={<About report={report} isKnown={known !== null} />}>
        {report !== null && <Button disabledFocusable={check === null} onClick={() => check?.()}>{check === null ? delegationTexts.checking : delegationTexts.checkAgain}</Button>}
      </ScreenHeader>
      <div className={styles.body}>
        {problem !== null && <ProblemMessage problem={problem} onDismiss={dismiss} />}
        {shown.status === 'failed' && <><ProblemMessage problem={shown.problem} /><div><Button disabledFocusable={check === null} onClick={() => check?.()}>{delegationTexts.checkAgain}</Button></div></>}
        {shown.status === 'loading' && <Skeleton className={styles.wait} aria-label={delegationTexts.loading}>{Array.from({ length: 5 }, (_, line) => <SkeletonItem key={line} size={40} />)}</Skeleton>}
        {known !== null && <ProxyOfEntra shown={known} />}
        <DelegationOutcome onCheck={check} />
        {known !== null && (report === null ? <NothingYet settings={known.settings} onCheck={check} /> : <Checked report={report} />)}
      </div>
    </>
  )
}

function Checked({ report }: { readonly report: DelegationReport }): ReactNode {
  const styles = useStyles()
  const { parameters } = useRoute((state) => state.route)
  const place = readPlace(parameters, report)
  const changedAt = useJobs((state) => state.jobs.findLast(({ call, status, endedAt }) => call === 'delegation.export' && status === 'done' && endedAt !== null)?.endedAt ?? null)
  const names = useMemo(() => namesOfSids(report), [report])
  const close = (): void => {
    refine({ detail: null, planned: null, undo: null })
    focusSelectedPlace()
  }
  return (
    <>
      {changedAt !== null && changedAt > report.facts.readAt && <p className={styles.note}>{delegationTexts.changedSince(changedAt)}</p>}
      {report.guestsLeftOut > 0 && <p className={styles.note}>{delegationTexts.leftOut(report.guestsLeftOut)}</p>}
      <div className={styles.split}>
        <SplitView id="delegation" initialShare={58} isDetailOpen={parameters['detail'] === 'open'} onBack={close}
          list={<DelegationMap report={report} selected={place} />} detail={<DelegationDetail report={report} place={place} names={names} />} />
      </div>
    </>
  )
}

function About({ report, isKnown }: { readonly report: DelegationReport | null; readonly isKnown: boolean }): ReactNode {
  if (report === null) return isKnown ? delegationTexts.neverChecked : null
  const { connectors, applications, guests, readAt } = report.facts
  return <span role="status" title={formatInstant(readAt)}>{delegationTexts.about(connectors.length, applications.length, guests.length, readAt)}</span>
}

/** A check of everything as a job; `check` is null while one runs. */
function useCheck(): { readonly problem: Problem | null; readonly check: (() => void) | null; readonly dismiss: () => void } {
  const client = useClient()
  const [problem, setProblem] = useState<Problem | null>(null)
  const isRunning = useJobs((state) => state.jobs.some(({ call, endedAt }) => call === 'delegation.check' && endedAt === null))
  const check = (): void => {
    setProblem(null)
    startJob(client, 'delegation.check', { applications: null, guests: null }).then((result) => { if (!result.ok) setProblem(result.problem) }, (error: unknown) => setProblem(ofError(error)))
  }
  return { problem, check: isRunning ? null : check, dismiss: () => setProblem(null) }
}

function namesOfSids({ facts }: DelegationReport): ReadonlyMap<string, string> {
  const connectors = facts.connectors.flatMap(({ accounts }) => (accounts.kind === 'read' ? accounts.value.map(({ sid, accountName }) => [sid, accountName] as const) : []))
  const others = Object.entries(facts.names).flatMap(([sid, reading]) => (reading.kind === 'read' && reading.value !== null ? [[sid, reading.value.name] as const] : []))
  return new Map<string, string>([...connectors, ...others])
}
