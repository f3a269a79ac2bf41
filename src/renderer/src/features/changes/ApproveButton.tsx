import { Button, Checkbox, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { ExportOutcome, PlanSummary } from '../../../../shared/api/contract.ts'
import type { PlanBlock } from '../../../../shared/domain/plan.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob, useJobs } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { formatNumber, texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ExportResult } from './ExportResult.tsx'
import { sentenceOf } from './PlanCard.tsx'

const useStyles = makeStyles({
  hash: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  content: { display: 'grid', gap: tokens.spacingVerticalM },
})

/** Approve, confirm with the counts in words, export. What is approved is exactly what is seen: the hash goes along. */
export function ApproveButton({ plan }: { readonly plan: PlanSummary }): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [isOpen, setOpen] = useState(false)
  const [lifted, setLifted] = useState<readonly PlanBlock['kind'][]>([])
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [outcome, setOutcome] = useState<ExportOutcome | null>(null)
  const mustLift = plan.blocked.map((block) => block.kind)
  const isReady = mustLift.every((kind) => lifted.includes(kind)) && (mustLift.length === 0 || note.trim() !== '')
  const approve = async (): Promise<void> => {
    setOpen(false)
    setProblem(null)
    const result = await startJob(client, 'plan.exportCurrent', { approve: plan.hash, lifts: lifted.map((kind) => ({ kind, note: note.trim() })) })
    // The job's answer is that of the call which it began.
    if (result.ok) setOutcome(result.value as ExportOutcome)
    else setProblem(result.problem)
  }
  return (
    <>
      <Dialog open={isOpen} onOpenChange={(_event, data) => setOpen(data.open)}>
        <DialogTrigger disableButtonEnhancement><Button appearance="primary" disabled={plan.counts.total === 0 || isBusy}>{texts.changes.approve(formatNumber(plan.counts.total))}</Button></DialogTrigger>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{texts.changes.approveTitle}</DialogTitle>
            <DialogContent className={styles.content}>
              <p>{sentenceOf(plan)}</p>
              <p className={styles.hash}>{texts.changes.hash(plan.hash ?? '')}</p>
              {plan.blocked.map((block) => (
                <Checkbox key={block.kind} checked={lifted.includes(block.kind)} label={texts.changes.lift(texts.changes.groups[block.kind], block)}
                  onChange={(_event, data) => setLifted(data.checked === true ? [...lifted, block.kind] : lifted.filter((kind) => kind !== block.kind))} />
              ))}
              {mustLift.length > 0 && <Field label={texts.changes.liftNote} required><Input value={note} onChange={(_event, data) => setNote(data.value)} /></Field>}
            </DialogContent>
            <DialogActions>
              <DialogTrigger disableButtonEnhancement><Button>{texts.changes.notNow}</Button></DialogTrigger>
              <Button appearance="primary" disabled={!isReady} onClick={() => void approve()}>{texts.changes.write}</Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
      {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
      {outcome !== null && <ExportResult outcome={outcome} onClose={() => setOutcome(null)} />}
    </>
  )
}
