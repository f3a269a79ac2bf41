import { Badge, Button, Link, makeStyles, MessageBar, MessageBarBody, Skeleton, SkeletonItem, Title3, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ChangeRow } from '../../../../shared/domain/listRows.ts'
import type { Change } from '../../../../shared/domain/change.ts'
import { describeReason, describeUndo } from '../../../../shared/domain/describeReason.ts'
import { sidImpact } from '../../../../shared/domain/sidImpact.ts'
import { writeRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { AttributeDifferences } from '../../ui/AttributeDifferences.tsx'
import { KindBadge } from '../../ui/kinds.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ValueSide } from '../../ui/ValueDifference.tsx'
import { LdifOfChange } from './LdifOfChange.tsx'
import { Unchanged } from './Unchanged.tsx'

const useStyles = makeStyles({
  detail: { padding: tokens.spacingHorizontalL, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  heading: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  title: { margin: 0, overflowWrap: 'anywhere' },
  dn: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  // A badge is one line by nature, and says too little where it is cut off.
  badge: { height: 'auto', minHeight: '20px', whiteSpace: 'normal' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
})

/** One change as a difference: old beside new, where each value comes from, and what it means for access. */
export function ChangeDetail({ row, onExclude }: { readonly row: ChangeRow; readonly onExclude: () => void }): ReactNode {
  const styles = useStyles()
  const shown = useAnswer('objects.show', { id: row.metaverseId })
  if (shown.status === 'loading') return <Skeleton aria-label={texts.list.loading} className={styles.detail}><SkeletonItem size={32} /><SkeletonItem size={128} /></Skeleton>
  if (shown.status === 'failed') return <div className={styles.detail}><ProblemMessage problem={shown.problem} /></div>
  const { pending, account } = shown.value
  if (pending === null) return <div className={styles.detail}>{texts.changes.goneMeanwhile}</div>
  const { change } = pending
  return (
    <section className={styles.detail} aria-label={texts.changes.detail}>
      <div>
        <div className={styles.heading}><Title3 as="h2" className={styles.title}><bdi>{change.subject.displayName ?? change.dn}</bdi></Title3><KindBadge kind={change.kind} /></div>
        <Place change={change} />
      </div>
      <MessageBar intent="info" layout="multiline"><MessageBarBody>{texts.changes.because(describeReason(change.reason), change.rule)} <Link inline href={writeRoute({ screen: 'preview', parameters: { id: row.metaverseId } })}>{texts.changes.why}</Link></MessageBarBody></MessageBar>
      {change.attributes.length > 0 && <AttributeDifferences attributes={change.attributes} />}
      {account !== null && <Unchanged account={account} change={change} />}
      <div className={styles.actions}>
        <SidImpact change={change} />
        <Badge appearance="outline" className={styles.badge}>{texts.changes.undo(describeUndo(change.undo))}</Badge>
      </div>
      <LdifOfChange metaverseId={row.metaverseId} />
      <div className={styles.actions}><Button onClick={onExclude}>{texts.changes.exclude}</Button></div>
    </section>
  )
}

/** Where the account is or will be; a move or another name as a difference. */
function Place({ change }: { readonly change: Change }): ReactNode {
  const styles = useStyles()
  const newDn = change.kind === 'create' ? null : change.newDn
  if (newDn === null) return <div className={styles.dn}>{change.dn}</div>
  return (
    <div className={styles.dn} role="group" aria-label={texts.review.place}>
      <div><ValueSide side="before" before={[change.dn]} after={[newDn]} /></div>
      <div>→ <ValueSide side="after" before={[change.dn]} after={[newDn]} /></div>
    </div>
  )
}

function SidImpact({ change }: { readonly change: Change }): ReactNode {
  const styles = useStyles()
  const impact = sidImpact(change)
  const colors = { kept: 'success', new: 'informative', lost: 'danger' } as const
  return <Badge appearance="tint" color={colors[impact]} className={styles.badge}>{texts.changes.sid[impact]}</Badge>
}
