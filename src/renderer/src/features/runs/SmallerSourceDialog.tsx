import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { useJobs } from '../../app/jobs.ts'
import { texts } from '../../texts.ts'

const useStyles = makeStyles({ content: { display: 'grid', gap: tokens.spacingVerticalM }, what: { margin: 0 } })

/** A person's word, with a note, that the source is smaller for good: the same profile runs again and takes it as it is. */
export function SmallerSourceDialog({ profile, onAccept }: { readonly profile: string; readonly onAccept: (note: string) => void }): ReactNode {
  const styles = useStyles()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [isOpen, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const accept = (): void => {
    setOpen(false)
    onAccept(note.trim())
  }
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => setOpen(data.open)}>
      <div><DialogTrigger disableButtonEnhancement><Button disabledFocusable={isBusy}>{texts.runs.smaller}</Button></DialogTrigger></div>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{texts.runs.smallerTitle}</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.what}>{texts.runs.smallerWhat(profile)}</p>
            <Field label={texts.runs.smallerNote} required><Textarea value={note} onChange={(_event, data) => setNote(data.value)} /></Field>
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement><Button>{texts.changes.notNow}</Button></DialogTrigger>
            <Button appearance="primary" disabled={note.trim() === ''} onClick={accept}>{texts.runs.smallerRun}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
