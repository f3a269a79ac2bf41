import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ExportOutcome } from '../../../../shared/api/contract.ts'
import type { ObjectProblem } from '../../../../shared/domain/problem.ts'
import { navigate } from '../../app/route.ts'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

const useStyles = makeStyles({ content: { display: 'grid', gap: tokens.spacingVerticalM, maxHeight: '50vh', overflow: 'auto' } })

/** What became of an approved plan: confirmed by reading again, errors grouped by cause with the remedy, and the way back. */
export function ExportResult({ outcome, onClose }: { readonly outcome: ExportOutcome; readonly onClose: () => void }): ReactNode {
  const styles = useStyles()
  const problems = outcome.kind === 'exported' ? outcome.problems : []
  return (
    <Dialog open onOpenChange={(_event, data) => { if (!data.open) onClose() }}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{outcome.kind === 'exported' ? confirmationOf(outcome) : texts.changes.blockedTitle}</DialogTitle>
          <DialogContent className={styles.content}>
            {outcome.kind === 'blocked' && outcome.blocks.map((block) => <p key={block.kind}>{texts.changes.blocked(texts.changes.groups[block.kind], block)}</p>)}
            {groupByCause(problems).map(([first, count]) => <div key={first.kind}>{count > 1 && <strong>{texts.changes.timesCause(count)}</strong>}<ProblemMessage problem={first} /></div>)}
          </DialogContent>
          <DialogActions>
            {outcome.kind === 'exported' && <Button onClick={() => { onClose(); navigate('runs', { run: String(outcome.run.id) }) }}>{texts.changes.seeRun}</Button>}
            <Button appearance="primary" onClick={onClose}>{texts.changes.close}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

function confirmationOf({ run }: Extract<ExportOutcome, { kind: 'exported' }>): string {
  const { exportConfirmed = 0, exportNotConfirmed = 0 } = run.counters
  return texts.changes.confirmed(exportConfirmed, exportConfirmed + exportNotConfirmed)
}

function groupByCause(problems: readonly ObjectProblem[]): readonly (readonly [ObjectProblem, number])[] {
  const groups = new Map<string, readonly [ObjectProblem, number]>()
  for (const problem of problems) groups.set(problem.kind, [groups.get(problem.kind)?.[0] ?? problem, (groups.get(problem.kind)?.[1] ?? 0) + 1])
  return [...groups.values()]
}
