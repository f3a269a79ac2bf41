import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useEffect, useRef, type ReactNode } from 'react'
import type { ShownDelegationPlan } from '../../../../shared/api/delegationPlanCalls.ts'
import type { DelegationChange } from '../../../../shared/domain/delegationPlan.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { AccountChanges } from './ChangeShown.tsx'
import { DetailFrame, DetailPart } from './DetailFrame.tsx'
import { PlanApproval } from './PlanApproval.tsx'
import { ScriptShown } from './ScriptShown.tsx'
import { usePlan, type PlanRequest } from './usePlan.ts'

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  wait: { display: 'grid', gap: tokens.spacingVerticalS },
  accounts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  quiet: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  hash: { fontFamily: tokens.fontFamilyMonospace },
  text: { margin: 0, overflowWrap: 'anywhere' },
})

type PlanPageProps = { readonly request: PlanRequest; /** Names of SIDs that the last check knows. */ readonly names: ReadonlyMap<string, string>; readonly onBack: () => void; readonly onExported: () => void }

/** A plan of delegation in the place of what it was planned from: difference, refusals, privilege, script, approval. */
export function PlanPage({ request, names, onBack, onExported }: PlanPageProps): ReactNode {
  const styles = useStyles()
  const { planAnew, ...answer } = usePlan(request)
  const words = delegationTexts.plan
  const actions = useRef<HTMLDivElement>(null)
  // What was pressed to come here is gone: whoever uses the keyboard goes on at the top of the plan.
  useEffect(() => actions.current?.querySelector('button')?.focus(), [])
  return (
    <DetailFrame title={request.kind === 'undo' ? words.undoTitle(request.run) : words.title}>
      <div ref={actions} className={styles.actions}>
        <Button onClick={onBack}>← {words.back}</Button>
        {answer.status !== 'planning' && <Button onClick={planAnew}>{words.again}</Button>}
        {answer.status === 'ready' && answer.plan.lines.length > 0 && <PlanApproval plan={answer.plan} onExported={onExported} />}
      </div>
      {answer.status === 'planning' && <Skeleton className={styles.wait} aria-label={delegationTexts.loading}><span role="status">{words.planning}</span><SkeletonItem size={64} /><SkeletonItem size={64} /></Skeleton>}
      {answer.status === 'failed' && <ProblemMessage problem={answer.problem} />}
      {answer.status === 'ready' && <PlanShown plan={answer.plan} names={names} />}
    </DetailFrame>
  )
}

function PlanShown({ plan, names }: { readonly plan: ShownDelegationPlan; readonly names: PlanPageProps['names'] }): ReactNode {
  const styles = useStyles()
  const words = delegationTexts.plan
  const { lines, refused, impossible, privilege, header, hash } = plan
  const isDoubtful = privilege.state === 'refusedBefore' || privilege.state === 'unknown'
  return (
    <>
      {lines.length === 0 && refused.length === 0 && <p className={styles.text}>{words.nothing}</p>}
      <div className={styles.accounts}>{groupByAccount(lines.map(({ change }) => change)).map((changes) => <AccountChanges key={changes[0].anchor} changes={changes} names={names} />)}</div>
      {lines.length > 0 && <MessageBar intent={isDoubtful ? 'warning' : 'info'} layout="multiline"><MessageBarBody>{privilege.why}{privilege.remedy !== null && <> {privilege.remedy}</>}</MessageBarBody></MessageBar>}
      {refused.map(({ intent, why, remedy }) => <MessageBar key={JSON.stringify(intent) + why} intent="warning" layout="multiline"><MessageBarBody><MessageBarTitle>{words.refused}</MessageBarTitle> {why} {remedy}</MessageBarBody></MessageBar>)}
      {impossible.map(({ change, why }) => <MessageBar key={change.anchor + change.attribute + why} intent="warning" layout="multiline"><MessageBarBody><MessageBarTitle>{words.impossible}</MessageBarTitle> {why}</MessageBarBody></MessageBar>)}
      {lines.length > 0 && (
        <>
          <DetailPart title={words.script}><ScriptShown label={words.script} copyLabel={words.copyScript} script={plan.powerShell} initially="folded" /></DetailPart>
          <p className={styles.quiet}>{words.readAt(header.readAt)} <span className={styles.hash}>{hash}</span></p>
        </>
      )}
    </>
  )
}

type AccountGroup = [DelegationChange, ...DelegationChange[]]

/** In the order of writing, as far as changes of one account stand together. */
function groupByAccount(changes: readonly DelegationChange[]): readonly AccountGroup[] {
  const groups = new Map<string, AccountGroup>()
  for (const change of changes) {
    const group = groups.get(change.anchor)
    if (group === undefined) groups.set(change.anchor, [change])
    else group.push(change)
  }
  return [...groups.values()]
}
