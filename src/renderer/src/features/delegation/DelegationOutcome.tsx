import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, ProgressBar, tokens } from '@fluentui/react-components'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import type { DelegationChangeResult, DelegationExportOutcome, DelegationUndoKept } from '../../../../shared/api/delegationPlanCalls.ts'
import { navigate, useRoute } from '../../app/route.ts'
import { useLastJob } from '../../app/useLastJob.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

const useStyles = makeStyles({
  outcome: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS, flexShrink: 0 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase300 },
  results: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL, maxHeight: '30vh', overflowY: 'auto', overflowWrap: 'anywhere' },
  attribute: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
})

type DelegationOutcomeProps = { /** Null while a check runs: another one is of no use. */ readonly onCheck: (() => void) | null }

/** What the last export of delegation wrote, where, what was refused and why, and the way back; joined again after a reload. */
export function DelegationOutcome({ onCheck }: DelegationOutcomeProps): ReactNode {
  const styles = useStyles()
  const heading = useId()
  const last = useLastJob('delegation.export')
  const title = useRef<HTMLHeadingElement>(null)
  const seen = useRef(last?.job.endedAt === null)
  const isEnded = last?.result !== null && last?.result !== undefined
  // Only what was written while somebody looked on takes the focus: the approval that had it is gone.
  useEffect(() => {
    if (last?.job.endedAt === null) seen.current = true
    if (isEnded && seen.current) {
      seen.current = false
      title.current?.focus()
    }
  }, [isEnded, last?.job.endedAt])
  if (last === null) return null
  const { result, dismiss, job } = last
  const words = delegationTexts.outcome
  if (result === null) return job.endedAt === null ? <div><span role="status">{words.writing}</span><ProgressBar aria-label={words.writing} /></div> : null
  return (
    <section className={styles.outcome} aria-labelledby={heading}>
      <div className={styles.head}>
        <h2 id={heading} ref={title} tabIndex={-1} className={styles.title}>{words.title}</h2>
        {result.ok && result.value.kind === 'exported' && onCheck !== null && <Button size="small" onClick={onCheck}>{words.checkAgain}</Button>}
        {result.ok && result.value.kind === 'exported' && <WayBack undo={result.value.undo} run={result.value.run.id} />}
        <Button size="small" appearance="subtle" onClick={dismiss}>{words.dismiss}</Button>
      </div>
      {result.ok ? <Outcome outcome={result.value} /> : <ProblemMessage problem={result.problem} />}
    </section>
  )
}

function Outcome({ outcome }: { readonly outcome: DelegationExportOutcome }): ReactNode {
  const styles = useStyles()
  const words = delegationTexts.outcome
  if (outcome.kind === 'blocked') return <MessageBar intent="warning" layout="multiline" role="status"><MessageBarBody>{words.blocked}</MessageBarBody></MessageBar>
  const isClean = outcome.results.every(({ outcome: came }) => came === 'written' || came === 'alreadyWritten')
  return (
    <>
      <MessageBar intent={isClean ? 'success' : 'warning'} layout="multiline" role="status"><MessageBarBody>
        <MessageBarTitle>{summaryOf(outcome.results)}</MessageBarTitle> {words.controller(outcome.controller)}
      </MessageBarBody></MessageBar>
      <ul className={styles.results} tabIndex={0} aria-label={words.title}>{outcome.results.map(({ change, outcome: came, problem }) => (
        <li key={change.anchor + change.attribute}>{change.accountName} <span className={styles.attribute}>{change.attribute}</span>: {words.results[came]}{problem !== null && <>. {problem.message} {problem.remedy}</>}</li>
      ))}</ul>
    </>
  )
}

function WayBack({ undo, run }: { readonly undo: DelegationUndoKept; readonly run: number }): ReactNode {
  const parameters = useRoute((state) => state.route.parameters)
  const words = delegationTexts.outcome
  if (undo.kind === 'notKept') return <ProblemMessage problem={undo.problem} />
  if (undo.kind === 'nothingToUndo') return <span>{words.nothingToUndo}</span>
  return <><Button size="small" onClick={() => navigate('delegation', { ...parameters, undo: String(run), detail: 'open' })}>{words.undo}</Button><span>{words.undoKept(undo.changes)}</span></>
}

/** "2 written and read back, 1 refused". */
function summaryOf(results: readonly DelegationChangeResult[]): string {
  const kinds = [...new Set(results.map(({ outcome }) => outcome))]
  return kinds.map((kind) => `${results.filter(({ outcome }) => outcome === kind).length} ${delegationTexts.outcome.results[kind]}`).join(', ')
}
