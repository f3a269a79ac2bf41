import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Outputs } from '../../../../shared/api/contract.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob, useJobs } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { LineDifference } from '../../ui/LineDifference.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { useSettingsDraft } from './settingsDraft.ts'

const words = texts.settings.save

const useStyles = makeStyles({
  surface: { maxWidth: '760px' },
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  text: { margin: 0 },
})

type SaveSettingsProps = {
  readonly edited: Outputs['configuration.edit']
  /** The answer belongs to what is in the fields now, and nothing is wrong with it. */
  readonly isReady: boolean
  /** Whether what is planned already would be decided otherwise. */
  readonly decidesOtherwise: boolean
  readonly onSaved: (kept: number) => void
}

/** The difference in the file, why, and then the saving: what is written is exactly what is shown. */
export function SaveSettings({ edited, isReady, decidesOtherwise, onSaved }: SaveSettingsProps): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [isOpen, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async (): Promise<void> => {
    setProblem(null)
    const result = await startJob(client, 'configuration.save', { text: edited.after, before: edited.before, note })
    if (!result.ok) return setProblem(result.problem)
    setOpen(false)
    setNote('')
    useSettingsDraft.setState({ edits: {} })
    // The job's answer is that of the call which it began.
    onSaved((result.value as Outputs['configuration.save']).kept)
  }
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement><Button appearance="primary" disabledFocusable={!isReady || isBusy}>{words.open}</Button></DialogTrigger>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{words.title}</DialogTitle>
          <DialogContent className={styles.content}>
            <LineDifference label={words.difference} before={edited.before} after={edited.after} />
            <p className={styles.text}>{decidesOtherwise ? words.decidesOtherwise : words.takesEffect}</p>
            <Field label={words.note} required><Input value={note} maxLength={1000} onChange={(_event, data) => setNote(data.value)} /></Field>
            {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement><Button>{words.notNow}</Button></DialogTrigger>
            <Button appearance="primary" disabledFocusable={note.trim() === '' || isBusy} onClick={() => void save()}>{words.now}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
