import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useId, useState, type ReactNode } from 'react'
import { useJobs } from '../app/jobs.ts'
import type { Request } from '../app/useRequest.ts'
import { ProblemMessage } from './ProblemMessage.tsx'

type NoteDialogProps<Value> = {
  readonly trigger: string
  readonly title: string
  /** What happens then. */
  readonly about: string
  readonly confirm: string
  readonly notNow: string
  readonly label: string
  readonly request: Request<Value>
  readonly inputOf: (note: string) => unknown
  readonly onDone?: (value: Value) => void
}

const useStyles = makeStyles({ content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM }, text: { margin: 0 } })

/** A decision with its reason: what happens, why, and the one button that does it. Stays open where it failed. */
export function NoteDialog<Value>({ trigger, title, about, confirm, notNow, label, request, inputOf, onDone }: NoteDialogProps<Value>): ReactNode {
  const styles = useStyles()
  const form = useId()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [isOpen, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const isReady = note.trim() !== '' && !isBusy && !request.isBusy
  const send = async (): Promise<void> => {
    if (!isReady) return
    const result = await request.send(inputOf(note.trim()))
    if (!result.ok) return
    setOpen(false)
    setNote('')
    onDone?.(result.value)
  }
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement><Button>{trigger}</Button></DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.text}>{about}</p>
            <form id={form} onSubmit={(event) => { event.preventDefault(); void send() }}><Field label={label} required><Input value={note} maxLength={1000} onChange={(_event, data) => setNote(data.value)} /></Field></form>
            {request.problem !== null && <ProblemMessage problem={request.problem} onDismiss={request.dismiss} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement><Button>{notNow}</Button></DialogTrigger>
            <Button appearance="primary" type="submit" form={form} disabledFocusable={!isReady}>{confirm}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
