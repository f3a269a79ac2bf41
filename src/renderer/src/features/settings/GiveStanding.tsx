import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useId, useState, type ReactNode } from 'react'
import { changeKinds, type ChangeKind } from '../../../../shared/domain/change.ts'
import type { StandingApproval } from '../../../../shared/domain/standingApproval.ts'
import { useJobs } from '../../app/jobs.ts'
import { useJobRequest } from '../../app/useRequest.ts'
import { scheduleTexts } from '../../texts/schedule.ts'
import { wordOfKind } from '../../ui/kinds.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { useReturnFocus } from '../../ui/useReturnFocus.ts'
import { endOfDay, readLimits } from './standingInput.ts'

const words = scheduleTexts.standing

const useStyles = makeStyles({
  surface: { maxWidth: '760px' },
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  limits: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 150px), 1fr))', gap: tokens.spacingHorizontalM },
  text: { margin: 0 },
})

type GiveStandingProps = { readonly isOpen: boolean; readonly former: StandingApproval | null; readonly onClose: () => void }

/** Limits kind by kind, an end, and a reason: given in the name of whoever sits here. */
export function GiveStanding({ isOpen, former, onClose }: GiveStandingProps): ReactNode {
  const styles = useStyles()
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => { if (!data.open) onClose() }}>
      <DialogSurface className={styles.surface}>{isOpen && <GiveForm former={former} onClose={onClose} />}</DialogSurface>
    </Dialog>
  )
}

function GiveForm({ former, onClose }: Omit<GiveStandingProps, 'isOpen'>): ReactNode {
  const styles = useStyles()
  const form = useId()
  useReturnFocus()
  const giving = useJobRequest('standing.give')
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [typed, setTyped] = useState<Readonly<Partial<Record<ChangeKind, string>>>>(() => Object.fromEntries(Object.entries(former?.limits ?? {}).map(([kind, limit]) => [kind, String(limit)])))
  const [until, setUntil] = useState('')
  const [note, setNote] = useState('')
  const { limits, faults } = readLimits(typed)
  const ends = endOfDay(until)
  const isReady = faults.length === 0 && Object.keys(limits).length > 0 && ends !== null && note.trim() !== '' && !isBusy
  const give = async (): Promise<void> => {
    if (!isReady) return
    const result = await giving.send({ limits, until: ends, note: note.trim() })
    if (result.ok) onClose()
  }
  return (
    <DialogBody>
      <DialogTitle>{words.giveTitle}</DialogTitle>
      <DialogContent className={styles.content}>
        <p className={styles.text}>{words.giveAbout}</p>
        <form id={form} className={styles.content} onSubmit={(event) => { event.preventDefault(); void give() }}>
          <div className={styles.limits}>
            {changeKinds.map((kind) => (
              <Field key={kind} label={words.limitOf(wordOfKind(kind))} {...(faults.includes(kind) ? { validationMessage: words.limitHint, validationState: 'error' } : {})}>
                <Input inputMode="numeric" value={typed[kind] ?? ''} maxLength={6} onChange={(_event, data) => setTyped({ ...typed, [kind]: data.value })} />
              </Field>
            ))}
          </div>
          {(limits.delete ?? 0) > 0 && <p className={styles.text} role="status">{words.deletes}</p>}
          <Field label={words.untilDate} hint={words.untilHint} required><Input type="date" value={until} onChange={(_event, data) => setUntil(data.value)} /></Field>
          <Field label={words.noteLabel} required><Input value={note} maxLength={1000} onChange={(_event, data) => setNote(data.value)} /></Field>
        </form>
        {giving.problem !== null && <ProblemMessage problem={giving.problem} onDismiss={giving.dismiss} />}
      </DialogContent>
      <DialogActions>
        <DialogTrigger disableButtonEnhancement><Button>{words.notNow}</Button></DialogTrigger>
        <Button appearance="primary" type="submit" form={form} disabledFocusable={!isReady}>{words.now}</Button>
      </DialogActions>
    </DialogBody>
  )
}
