import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, Select, Skeleton, SkeletonItem, Switch, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { scheduleIntervals, type ScheduleShown } from '../../../../shared/api/unattendedCalls.ts'
import { useJobs } from '../../app/jobs.ts'
import { useAnswer } from '../../app/service.tsx'
import { useJobRequest } from '../../app/useRequest.ts'
import { valueOf } from '../../app/valueOf.ts'
import { formatAgo, formatInstant, texts } from '../../texts.ts'
import { scheduleTexts } from '../../texts/schedule.ts'
import { useBesideField } from '../../ui/besideField.ts'
import { Facts } from '../../ui/Facts.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScheduleFiles } from './ScheduleFiles.tsx'
import { SettingsCard } from './SettingsCard.tsx'

const words = scheduleTexts.schedule
const usualMinutes = 60

const useStyles = makeStyles({
  fields: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL, alignItems: 'flex-start' },
  account: { flex: '0 1 320px' },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, overflowWrap: 'anywhere' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300 },
})

/** The cycle that runs by itself: a switch, how often, and what of it is in the system. */
export function ScheduleCard({ cycle }: { readonly cycle: readonly string[] }): ReactNode {
  const asked = useAnswer('schedule.show', {})
  // What the last step of installing or removing was refused is told by its own answer only.
  const [done, setDone] = useState<ScheduleShown | null>(null)
  const shown = valueOf(asked)
  return (
    <SettingsCard title={words.title} about={words.about}>
      {asked.status === 'failed' && <ProblemMessage problem={asked.problem} />}
      {asked.status === 'loading' && <Skeleton aria-label={texts.list.loading}><SkeletonItem size={64} /></Skeleton>}
      {shown !== null && <ScheduleForm shown={shown} onDone={setDone} />}
      {done !== null && done.refused.length > 0 && <Refused refused={done.refused} />}
      {shown !== null && (
        <>
          <Facts facts={[[words.cycle, cycle.join(' → ')], [words.by, words.systems[shown.system]], [words.next, nextOf(shown)]]} />
          <ScheduleFiles shown={done !== null && shown.isInstalled ? { ...shown, files: done.files, besides: done.besides } : shown} />
        </>
      )}
    </SettingsCard>
  )
}

function nextOf({ isInstalled, next }: ScheduleShown): string | null {
  if (!isInstalled) return null
  return next === null ? words.noNext : `${formatAgo(next, Date.now())} (${formatInstant(next)})`
}

function ScheduleForm({ shown, onDone }: { readonly shown: ScheduleShown; readonly onDone: (shown: ScheduleShown) => void }): ReactNode {
  const styles = useStyles()
  const beside = useBesideField()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [installing, removing] = [useJobRequest('schedule.install'), useJobRequest('schedule.remove')]
  const [minutes, setMinutes] = useState(usualMinutes)
  const [account, setAccount] = useState('')
  const [install, remove] = [
    async (): Promise<void> => { const result = await installing.send({ everyMinutes: minutes, account: account.trim() === '' ? null : account.trim() }); if (result.ok) onDone(result.value) },
    async (): Promise<void> => { const result = await removing.send({}); if (result.ok) onDone(result.value) },
  ]
  return (
    <>
      <div className={styles.fields}>
        <Switch className={beside.button} label={words.on} checked={shown.isInstalled} disabled={isBusy} onChange={(_event, data) => void (data.checked ? install() : remove())} />
        <Field label={words.every}><Select value={String(minutes)} onChange={(_event, data) => setMinutes(Number(data.value))}>{scheduleIntervals.map((interval) => <option key={interval} value={interval}>{words.minutes(interval)}</option>)}</Select></Field>
        <Field label={words.account} hint={words.accountHint} className={styles.account}><Input value={account} maxLength={200} autoComplete="off" onChange={(_event, data) => setAccount(data.value)} /></Field>
        {shown.isInstalled && <Button className={beside.button} disabledFocusable={isBusy} onClick={() => void install()}>{installing.isBusy ? words.working : words.change}</Button>}
      </div>
      {[installing, removing].map(({ problem, dismiss }, index) => (problem === null ? null : <ProblemMessage key={index} problem={problem} onDismiss={dismiss} />))}
    </>
  )
}

function Refused({ refused }: { readonly refused: ScheduleShown['refused'] }): ReactNode {
  const styles = useStyles()
  return <MessageBar intent="warning" layout="multiline"><MessageBarBody role="status">{words.refused}<ul className={styles.list}>{refused.map(({ step, why }) => <li key={step}>{words.refusedStep(step, why)}</li>)}</ul></MessageBarBody></MessageBar>
}
