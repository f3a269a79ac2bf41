import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, makeStyles, Textarea } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { useReturnFocus } from '../../ui/useReturnFocus.ts'

/** Metaverse id and what the person is called. */
export type Chosen = readonly (readonly [metaverseId: string, name: string])[]

const namesShown = 5
const useStyles = makeStyles({ names: { margin: '0 0 12px', overflowWrap: 'anywhere' } })

/** An exclusion is a hold with a note: it stays until somebody releases it, and every plan shows it. */
export function ExcludeDialog({ chosen, onClose, onExcluded }: { readonly chosen: Chosen; readonly onClose: () => void; readonly onExcluded: () => void }): ReactNode {
  const styles = useStyles()
  const client = useClient()
  useReturnFocus()
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const exclude = async (): Promise<void> => {
    setBusy(true)
    const result = await startJob(client, 'holds.excludeSeveral', { metaverseIds: chosen.map(([id]) => id), note: note.trim() })
    setBusy(false)
    if (result.ok) onExcluded()
    else setProblem(result.problem)
  }
  const [first] = chosen
  return (
    <Dialog open onOpenChange={(_event, data) => { if (!data.open) onClose() }}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{chosen.length === 1 && first !== undefined ? texts.changes.excludeTitle(first[1]) : texts.review.excludeTitle(chosen.length)}</DialogTitle>
          <DialogContent>
            {chosen.length > 1 && <p className={styles.names}>{chosen.slice(0, namesShown).map(([id, name], index) => <span key={id}>{index > 0 && ', '}<bdi>{name}</bdi></span>)}{chosen.length > namesShown && ` ${texts.review.more(chosen.length - namesShown)}`}</p>}
            <Field label={texts.changes.excludeNote} required><Textarea value={note} maxLength={1000} onChange={(_event, data) => setNote(data.value)} /></Field>
            {problem !== null && <ProblemMessage problem={problem} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement><Button>{texts.changes.notNow}</Button></DialogTrigger>
            <Button appearance="primary" disabled={note.trim() === ''} disabledFocusable={isBusy} onClick={() => void exclude()}>{texts.review.exclude}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
