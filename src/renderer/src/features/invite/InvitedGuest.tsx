import { Button, makeStyles, MessageBar, MessageBarBody, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { AwaitedGuest } from '../../../../shared/api/invitationCalls.ts'
import { useJobs } from '../../app/jobs.ts'
import { navigate } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { useJobRequest } from '../../app/useRequest.ts'
import { valueOf } from '../../app/valueOf.ts'
import { texts } from '../../texts.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { ApprovedExport } from '../../ui/ApprovedExport.tsx'
import { AttributeDifferences } from '../../ui/AttributeDifferences.tsx'
import { planOfOne } from '../../ui/planOfOne.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { SignOnOfGuest } from '../../ui/SignOnOfGuest.tsx'
import { Verdict } from '../../ui/Verdict.tsx'
import { StepCard } from './StepCard.tsx'

const useStyles = makeStyles({ text: { margin: 0, color: tokens.colorNeutralForeground2 }, wide: { width: '100%' } })

type InvitedGuestProps = { /** Entra id. */ readonly id: string; /** Whether the waiting begins by itself. */ readonly start: 'atOnce' | 'whenAsked' }

/** Waited for, previewed, approved, checked for sign-on: step by step, each as soon as the one before it allows. */
export function InvitedGuest({ id, start }: InvitedGuestProps): ReactNode {
  const styles = useStyles()
  const shown = useAnswer('objects.show', { id })
  const isImported = valueOf(shown)?.guest !== undefined && valueOf(shown)?.guest !== null
  const account = valueOf(shown)?.account ?? null
  return (
    <>
      <StepCard title={inviteTexts.steps.seen}><Awaited id={id} start={start} isImported={isImported} /></StepCard>
      <StepCard title={inviteTexts.steps.account}>{isImported ? <Account id={id} /> : <p className={styles.text}>{inviteTexts.account.waiting}</p>}</StepCard>
      <StepCard title={inviteTexts.steps.signOn}>{account === null ? <p className={styles.text}>{inviteTexts.signOn.waiting}</p> : <div className={styles.wide}><SignOnOfGuest guest={id} /></div>}</StepCard>
    </>
  )
}

function Awaited({ id, start, isImported }: InvitedGuestProps & { readonly isImported: boolean }): ReactNode {
  const styles = useStyles()
  const awaiting = useJobRequest('invitations.await')
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [awaited, setAwaited] = useState<AwaitedGuest | null>(null)
  const wait = async (): Promise<void> => {
    const result = await awaiting.send({ id })
    if (result.ok) setAwaited(result.value)
  }
  const hasBegun = useRef(false)
  useEffect(() => {
    if (start === 'whenAsked' || hasBegun.current) return
    hasBegun.current = true
    void wait()
  })
  return (
    <>
      {isImported ? <MessageBar intent="success"><MessageBarBody role="status">{inviteTexts.seen.imported}</MessageBarBody></MessageBar> : <p className={styles.text} role="status">{awaited?.isImported === false ? inviteTexts.seen.notImported : inviteTexts.seen.about}</p>}
      {awaiting.problem !== null && <ProblemMessage problem={awaiting.problem} onDismiss={awaiting.dismiss} />}
      <Button disabledFocusable={isBusy} onClick={() => void wait()}>{awaiting.isBusy ? inviteTexts.seen.waiting : isImported ? inviteTexts.seen.again : inviteTexts.seen.wait}</Button>
    </>
  )
}

/** What would be written, the approval in place, and what came of it. */
function Account({ id }: { readonly id: string }): ReactNode {
  const styles = useStyles()
  const preview = useAnswer('preview', { id })
  const shown = valueOf(preview)
  return (
    <>
      {preview.status === 'failed' && <ProblemMessage problem={preview.problem} />}
      {preview.status === 'loading' && <Skeleton aria-label={texts.list.loading} className={styles.wide}><SkeletonItem size={48} /></Skeleton>}
      {shown !== null && <div className={styles.wide}><Verdict explanation={shown.explanation} change={shown.change?.change ?? null} /></div>}
      {shown !== null && shown.change !== null && <div className={styles.wide}><AttributeDifferences attributes={shown.change.change.attributes} /></div>}
      <ApprovedExport call="plan.provision" input={{ id }} trigger={texts.preview.provision} title={texts.preview.provisionTitle} plan={shown === null ? null : planOfOne(shown)} />
      <Button onClick={() => navigate('preview', { id })}>{inviteTexts.account.story}</Button>
    </>
  )
}
