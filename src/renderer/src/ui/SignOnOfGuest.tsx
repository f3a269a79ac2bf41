import { Button, Link, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useId, useState, type ReactNode } from 'react'
import { create } from 'zustand'
import type { DelegationReport } from '../../../shared/api/delegationCalls.ts'
import { signOnOfGuest, type GuestSignOn } from '../../../shared/domain/guestSignOn.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { startJob, useJobs } from '../app/jobs.ts'
import { writeRoute } from '../app/route.ts'
import { ofError, useAnswer, useClient } from '../app/service.tsx'
import { formatInstant } from '../texts.ts'
import { delegationTexts } from '../texts/delegation.ts'
import { ProblemMessage } from './ProblemMessage.tsx'
import { SignOnTables } from './SignOnTables.tsx'

const useStyles = makeStyles({
  part: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase300 },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2 },
})

/** What was found when one guest was checked from here: a look at one does not take the place of the check of all. */
const useChecked = create<Readonly<Record<string, GuestSignOn>>>(() => ({}))

/** Will sign-on work for this guest, per application? By the newest check that knows, with a way to check now. */
export function SignOnOfGuest({ guest }: { /** Entra id. */ readonly guest: string }): ReactNode {
  const styles = useStyles()
  const heading = useId()
  const client = useClient()
  const answer = useAnswer('delegation.guest', { guest })
  const own = useChecked((state) => state[guest] ?? null)
  const isChecking = useJobs((state) => state.jobs.some(({ call, endedAt }) => call === 'delegation.check' && endedAt === null))
  const [problem, setProblem] = useState<Problem | null>(null)
  const words = delegationTexts.signOn
  const check = async (): Promise<void> => {
    setProblem(null)
    const result = await startJob(client, 'delegation.check', { applications: null, guests: [guest] })
    if (!result.ok) return setProblem(result.problem)
    // The job's answer is that of the call which it began.
    const found = signOnOfGuest(result.value as DelegationReport, guest)
    if (found !== null) useChecked.setState({ [guest]: found })
  }
  const ofAll = answer.status === 'ready' || answer.status === 'refreshing' ? answer.value : null
  const shown = newest(own, ofAll)
  return (
    <section className={styles.part} aria-labelledby={heading}>
      <h3 id={heading} className={styles.title}>{words.title}</h3>
      {answer.status === 'loading' && <Skeleton aria-label={delegationTexts.loading}><span role="status">{words.reading}</span><SkeletonItem size={32} /></Skeleton>}
      {answer.status === 'failed' && <ProblemMessage problem={answer.problem} />}
      {answer.status !== 'loading' && (
        <div className={styles.line}>
          <span {...(shown === null ? {} : { title: formatInstant(shown.readAt) })}>{shown === null ? words.never : words.checkedAt(shown.readAt)}</span>
          <Button size="small" disabledFocusable={isChecking} onClick={() => { if (!isChecking) check().catch((error: unknown) => setProblem(ofError(error))) }}>{isChecking ? words.checking : words.check}</Button>
          <Link href={writeRoute({ screen: 'delegation', parameters: {} })}>{words.map}</Link>
        </div>
      )}
      {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
      {shown !== null && <SignOnTables signOn={shown} />}
    </section>
  )
}

/** ISO 8601 in UTC: the later text is the later moment. */
function newest(left: GuestSignOn | null, right: GuestSignOn | null): GuestSignOn | null {
  if (left === null || right === null) return left ?? right
  return left.readAt > right.readAt ? left : right
}
