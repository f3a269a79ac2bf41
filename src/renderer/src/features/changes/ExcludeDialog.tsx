import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, Textarea } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { ChangeRow } from '../../../../shared/domain/listRows.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

/** An exclusion is a hold with a note: it stays until somebody releases it, and every plan shows it. */
export function ExcludeDialog({ row, onClose }: { readonly row: ChangeRow; readonly onClose: () => void }): ReactNode {
  const client = useClient()
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const exclude = async (): Promise<void> => {
    const result = await startJob(client, 'holds.exclude', { id: row.metaverseId, note: note.trim() })
    if (result.ok) onClose()
    else setProblem(result.problem)
  }
  return (
    <Dialog open onOpenChange={(_event, data) => { if (!data.open) onClose() }}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{texts.changes.excludeTitle(row.displayName ?? row.dn)}</DialogTitle>
          <DialogContent>
            <Field label={texts.changes.excludeNote} required><Textarea value={note} onChange={(_event, data) => setNote(data.value)} /></Field>
            {problem !== null && <ProblemMessage problem={problem} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement><Button>{texts.changes.notNow}</Button></DialogTrigger>
            <Button appearance="primary" disabled={note.trim() === ''} onClick={() => void exclude()}>{texts.changes.exclude}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
