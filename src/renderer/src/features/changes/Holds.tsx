import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, tokens } from '@fluentui/react-components'
import { useId, useState, type ReactNode } from 'react'
import type { HoldRow } from '../../../../shared/api/contract.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { formatAgo, formatInstant, texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { useReturnFocus } from '../../ui/useReturnFocus.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '40vh', overflowY: 'auto' },
  hold: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: tokens.spacingHorizontalM, padding: `${tokens.spacingVerticalS} 0`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  about: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  note: { margin: 0, overflowWrap: 'anywhere' },
})

/** What nobody writes, with who said so and why, and the way to let it go. */
export function Holds({ holds, onClose }: { readonly holds: readonly HoldRow[]; readonly onClose: () => void }): ReactNode {
  const styles = useStyles()
  const client = useClient()
  useReturnFocus()
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const closing = useId()
  const release = async (hold: HoldRow): Promise<void> => {
    setProblem(null)
    const result = await startJob(client, 'holds.release', { id: hold.metaverseId })
    if (!result.ok) return setProblem(result.problem)
    setSaid(texts.review.released(nameOf(hold)))
    // The button that had the focus goes with its line.
    document.getElementById(closing)?.focus()
  }
  return (
    <Dialog open onOpenChange={(_event, data) => { if (!data.open) onClose() }}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{texts.review.holdsTitle}</DialogTitle>
          <DialogContent>
            <p>{texts.review.holdsAbout}</p>
            <p role="status">{said}</p>
            {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
            {holds.length === 0 ? <p>{texts.review.noHolds}</p> : <ul className={styles.list} tabIndex={0} aria-label={texts.review.holdsTitle}>{holds.map((hold) => <Line key={hold.metaverseId} hold={hold} onRelease={() => void release(hold)} />)}</ul>}
          </DialogContent>
          <DialogActions><Button id={closing} appearance="primary" onClick={onClose}>{texts.review.close}</Button></DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

function Line({ hold, onRelease }: { readonly hold: HoldRow; readonly onRelease: () => void }): ReactNode {
  const styles = useStyles()
  return (
    <li className={styles.hold}>
      <div>
        <bdi>{nameOf(hold)}</bdi>
        <p className={styles.note}>“{hold.note}”</p>
        <span className={styles.about} title={formatInstant(hold.since)}>{texts.review.heldBy(hold.cause, hold.by, formatAgo(hold.since, Date.now()))}</span>
      </div>
      <Button size="small" aria-label={texts.review.releaseOf(nameOf(hold))} onClick={onRelease}>{texts.review.release}</Button>
    </li>
  )
}

function nameOf({ name, metaverseId }: HoldRow): string {
  return name ?? metaverseId
}
