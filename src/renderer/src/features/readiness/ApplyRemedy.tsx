import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, Input, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useId, useState, type ReactNode } from 'react'
import type { ReadinessFinding, RemedyOutcome } from '../../../../shared/domain/readiness.ts'
import { useJobs } from '../../app/jobs.ts'
import { useAnswer } from '../../app/service.tsx'
import { useJobRequest } from '../../app/useRequest.ts'
import { valueOf } from '../../app/valueOf.ts'
import { readinessTexts } from '../../texts/readiness.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { RemedyWrites } from './RemedyWrites.tsx'

const words = readinessTexts.apply

const useStyles = makeStyles({
  surface: { maxWidth: '780px' },
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  text: { margin: 0 },
  hash: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
})

type ApplyRemedyProps = { readonly finding: ReadinessFinding; readonly onApplied: (outcome: RemedyOutcome) => void }

/** What would be written, to be read; then an administrator's account for this once, and the writing of exactly that. */
export function ApplyRemedy({ finding, onApplied }: ApplyRemedyProps): ReactNode {
  const styles = useStyles()
  const [isOpen, setOpen] = useState(false)
  const close = (outcome: RemedyOutcome): void => {
    setOpen(false)
    onApplied(outcome)
  }
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement><Button appearance="primary" aria-label={words.openOf(finding.title)}>{words.open}</Button></DialogTrigger>
      <DialogSurface className={styles.surface}>{isOpen && <RemedyForm id={finding.id} onApplied={close} />}</DialogSurface>
    </Dialog>
  )
}

function RemedyForm({ id, onApplied }: { readonly id: string; readonly onApplied: (outcome: RemedyOutcome) => void }): ReactNode {
  const styles = useStyles()
  const form = useId()
  const plan = useAnswer('readiness.plan', { id })
  const applying = useJobRequest('readiness.apply')
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  // It is worked out anew whenever a job has ended, a refused one too: what was typed stays, and nothing is approved meanwhile.
  const shown = valueOf(plan)
  const hasWrites = shown !== null && shown.writes.length > 0
  const isReady = hasWrites && plan.status === 'ready' && account.trim() !== '' && password !== '' && !isBusy
  const apply = async (): Promise<void> => {
    if (!isReady) return
    const given = password
    // What was given for once is not kept for a second time.
    setPassword('')
    const result = await applying.send({ id, account: account.trim(), password: given, approve: shown.hash })
    if (result.ok) onApplied(result.value)
  }
  return (
    <DialogBody>
      <DialogTitle>{words.title}</DialogTitle>
      <DialogContent className={styles.content}>
        {plan.status === 'failed' && <ProblemMessage problem={plan.problem} />}
        {plan.status === 'loading' && <Skeleton aria-label={words.reading}><p className={styles.text} role="status">{words.reading}</p><SkeletonItem size={64} /></Skeleton>}
        {shown !== null && !hasWrites && <p className={styles.text}>{words.nothing}</p>}
        {hasWrites && (
          <form id={form} className={styles.content} onSubmit={(event) => { event.preventDefault(); void apply() }}>
            <p className={styles.text}>{words.about(shown.domain, shown.writes.length)}</p>
            <RemedyWrites writes={shown.writes} />
            <p className={styles.hash}>{words.hash(shown.hash)}</p>
            <Field label={words.account} hint={words.accountHint} required><Input value={account} maxLength={1000} autoComplete="off" onChange={(_event, data) => setAccount(data.value)} /></Field>
            <Field label={words.password} hint={words.passwordHint} required><Input type="password" value={password} maxLength={1000} autoComplete="off" onChange={(_event, data) => setPassword(data.value)} /></Field>
          </form>
        )}
        {applying.problem !== null && <ProblemMessage problem={applying.problem} onDismiss={applying.dismiss} />}
      </DialogContent>
      <DialogActions>
        <DialogTrigger disableButtonEnhancement><Button>{words.notNow}</Button></DialogTrigger>
        {hasWrites && <Button appearance="primary" type="submit" form={form} disabledFocusable={!isReady}>{applying.isBusy ? words.writing : words.write}</Button>}
      </DialogActions>
    </DialogBody>
  )
}
