import { Button, Checkbox, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { PlanBlock } from '../../../shared/domain/plan.ts'
import { useJobs } from '../app/jobs.ts'
import { texts } from '../texts.ts'

/** A limit that stands in the way: of a plan of accounts, or of one of delegation. */
export type ApprovalBlock = Omit<PlanBlock, 'kind'> & { readonly kind: PlanBlock['kind'] | 'delegation' }
export type Lift = { readonly kind: ApprovalBlock['kind']; readonly note: string }

type ApprovalDialogProps = {
  readonly trigger: string
  readonly title: string
  /** What would be written, in words. */
  readonly sentences: readonly string[]
  readonly hash: string
  readonly blocked: readonly ApprovalBlock[]
  readonly onApprove: (lifts: readonly Lift[]) => void
}

const useStyles = makeStyles({
  content: { display: 'grid', gap: tokens.spacingVerticalM },
  sentence: { margin: 0, overflowWrap: 'anywhere' },
  hash: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
})

/** What is approved is exactly what is seen: the words, the hash, and each limit that this approval goes beyond. */
export function ApprovalDialog({ trigger, title, sentences, hash, blocked, onApprove }: ApprovalDialogProps): ReactNode {
  const styles = useStyles()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [isOpen, setOpen] = useState(false)
  const [lifted, setLifted] = useState<readonly ApprovalBlock['kind'][]>([])
  const [note, setNote] = useState('')
  const isReady = blocked.every(({ kind }) => lifted.includes(kind)) && (blocked.length === 0 || note.trim() !== '')
  const approve = (): void => {
    setOpen(false)
    onApprove(blocked.map(({ kind }) => ({ kind, note: note.trim() })))
  }
  return (
    <Dialog open={isOpen} onOpenChange={(_event, data) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement><Button appearance="primary" disabledFocusable={isBusy}>{trigger}</Button></DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            {sentences.map((sentence) => <p key={sentence} className={styles.sentence}>{sentence}</p>)}
            <p className={styles.hash}>{texts.changes.hash(hash)}</p>
            {blocked.map((block) => (
              <Checkbox key={block.kind} checked={lifted.includes(block.kind)} label={`${texts.changes.blocked(texts.changes.groups[block.kind], block)} ${texts.approval.lift}`}
                onChange={(_event, data) => setLifted(data.checked === true ? [...lifted, block.kind] : lifted.filter((kind) => kind !== block.kind))} />
            ))}
            {blocked.length > 0 && <Field label={texts.changes.liftNote} required><Input value={note} onChange={(_event, data) => setNote(data.value)} /></Field>}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement><Button>{texts.changes.notNow}</Button></DialogTrigger>
            <Button appearance="primary" disabled={!isReady} onClick={approve}>{texts.changes.write}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
