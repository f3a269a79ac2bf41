import { Link, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ExportOutcome } from '../../../shared/api/contract.ts'
import { writeRoute } from '../app/route.ts'
import { texts } from '../texts.ts'
import { ProblemGroups } from './ProblemGroups.tsx'

const useStyles = makeStyles({ parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS } })

/** What became of an approved plan: confirmed by reading again, or why not. */
export function ExportOutcomeMessage({ outcome }: { readonly outcome: ExportOutcome }): ReactNode {
  const styles = useStyles()
  if (outcome.kind === 'blocked') {
    return (
      <MessageBar intent="warning" layout="multiline" role="status">
        <MessageBarBody>
          <MessageBarTitle>{texts.changes.blockedTitle}</MessageBarTitle>{' '}
          {outcome.blocks.map((block) => texts.changes.blocked(texts.changes.groups[block.kind], block)).join(' ')} {texts.approval.liftable}
        </MessageBarBody>
      </MessageBar>
    )
  }
  const { exportConfirmed = 0, exportNotConfirmed = 0 } = outcome.run.counters
  const isClean = outcome.run.status === 'succeeded'
  return (
    <div className={styles.parts}>
      <MessageBar intent={isClean ? 'success' : 'warning'} layout="multiline" role="status">
        <MessageBarBody>
          <MessageBarTitle>{texts.changes.confirmed(exportConfirmed, exportConfirmed + exportNotConfirmed)}</MessageBarTitle>{' '}
          <Link href={writeRoute({ screen: 'runs', parameters: { run: String(outcome.run.id) } })}>{texts.changes.seeRun}</Link>
        </MessageBarBody>
      </MessageBar>
      <ProblemGroups problems={outcome.problems} />
    </div>
  )
}
