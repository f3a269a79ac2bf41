import { Badge, Button, Link, makeStyles, MessageBar, MessageBarBody, Skeleton, SkeletonItem, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Title3, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { ChangeRow } from '../../../../shared/domain/listRows.ts'
import type { AttributeChange, Change } from '../../../../shared/domain/change.ts'
import { describeReason, describeUndo } from '../../../../shared/domain/describeReason.ts'
import { sidImpact } from '../../../../shared/domain/sidImpact.ts'
import { writeRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ValueSide } from '../../ui/ValueDifference.tsx'

const useStyles = makeStyles({
  detail: { padding: tokens.spacingHorizontalL, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM, overflow: 'auto' },
  title: { margin: 0 },
  dn: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  name: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  from: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, fontFamily: tokens.fontFamilyBase },
  cell: { verticalAlign: 'top', padding: tokens.spacingVerticalS },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
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
  const unchanged = Object.keys(account?.attributes ?? {}).filter((name) => !change.attributes.some((attribute) => attribute.name === name))
  return (
    <section className={styles.detail} aria-label={texts.changes.detail}>
      <div>
        <Title3 as="h2" className={styles.title}><bdi>{change.subject.displayName ?? change.dn}</bdi></Title3>
        <div className={styles.dn}>{change.dn}{change.kind !== 'create' && change.newDn !== null && <> → {change.newDn}</>}</div>
      </div>
      <MessageBar intent="info" layout="multiline"><MessageBarBody>{texts.changes.because(describeReason(change.reason), change.rule)} <Link href={writeRoute({ screen: 'preview', parameters: { id: row.metaverseId } })}>{texts.changes.why}</Link></MessageBarBody></MessageBar>
      <Differences change={change} />
      {unchanged.length > 0 && <Unchanged names={unchanged} />}
      <div className={styles.actions}>
        <SidImpact change={change} />
        <Badge appearance="outline">{texts.changes.undo(describeUndo(change.undo))}</Badge>
      </div>
      <div className={styles.actions}><Button onClick={onExclude}>{texts.changes.exclude}</Button></div>
    </section>
  )
}

function Differences({ change }: { readonly change: Change }): ReactNode {
  const styles = useStyles()
  return (
    <Table aria-label={texts.changes.differences} size="small">
      <TableHeader><TableRow><TableHeaderCell>{texts.changes.attribute}</TableHeaderCell><TableHeaderCell>{texts.changes.inDirectory}</TableHeaderCell><TableHeaderCell>{texts.changes.willBe}</TableHeaderCell></TableRow></TableHeader>
      <TableBody>{change.attributes.map((attribute) => <DifferenceRow key={attribute.name} attribute={attribute} cell={styles.cell} name={styles.name} from={styles.from} />)}</TableBody>
    </Table>
  )
}

function DifferenceRow({ attribute, cell, name, from }: { readonly attribute: AttributeChange; readonly cell: string; readonly name: string; readonly from: string }): ReactNode {
  const { before, after, isGenerated } = attribute
  return (
    <TableRow>
      <TableCell className={cell}><span className={name}>{attribute.name}</span><span className={from}>{texts.changes.from(attribute.from.source, attribute.from.connector)}</span></TableCell>
      <TableCell className={cell}><ValueSide side="before" before={before} after={after} /></TableCell>
      <TableCell className={cell}>{isGenerated === true ? texts.changes.generated : <ValueSide side="after" before={before} after={after} />}</TableCell>
    </TableRow>
  )
}

function Unchanged({ names }: { readonly names: readonly string[] }): ReactNode {
  const styles = useStyles()
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <Link as="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{texts.changes.unchanged(names.length)}</Link>
      {isOpen && <div className={styles.name}>{names.toSorted().join(', ')}</div>}
    </div>
  )
}

function SidImpact({ change }: { readonly change: Change }): ReactNode {
  const impact = sidImpact(change)
  const colors = { kept: 'success', new: 'informative', lost: 'danger' } as const
  return <Badge appearance="tint" color={colors[impact]}>{texts.changes.sid[impact]}</Badge>
}
