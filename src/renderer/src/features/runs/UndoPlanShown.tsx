import { makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { UndoOutcome } from '../../../../shared/api/contract.ts'
import { changeKinds } from '../../../../shared/domain/change.ts'
import { describeReason } from '../../../../shared/domain/describeReason.ts'
import type { PlanLine } from '../../../../shared/domain/plan.ts'
import { formatNumber, texts } from '../../texts.ts'
import { ApprovedExport } from '../../ui/ApprovedExport.tsx'
import { asSentence } from '../../ui/asSentence.ts'
import { DataList } from '../../ui/DataList.tsx'
import { KindBadge, wordOfKind } from '../../ui/kinds.tsx'
import { useRowHeight } from '../../ui/useRowHeight.ts'

const useStyles = makeStyles({
  parts: { width: '100%', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  sentence: { margin: 0, fontSize: tokens.fontSizeBase400 },
  list: { display: 'flex', flexDirection: 'column', maxHeight: '260px', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  row: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center', minWidth: 0, width: '100%' },
  who: { minWidth: 0 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  impossible: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL, maxHeight: '200px', overflow: 'auto', overflowWrap: 'anywhere' },
})

const rowHeight = 48

type UndoPlanShownProps = { readonly run: number; readonly created: 'disabled' | 'deleted'; readonly undone: UndoOutcome; /** False while another undo is being worked out: the old one cannot be approved. */ readonly isCurrent: boolean }

/** Counts in words, each change, what cannot be taken back with why, and the approval. */
export function UndoPlanShown({ run, created, undone, isCurrent }: UndoPlanShownProps): ReactNode {
  const styles = useStyles()
  const height = useRowHeight(rowHeight)
  const { header, hash, counts, blocked, lines, impossible } = undone
  const sentence = counts.total === 0 ? texts.runs.undoNothing : texts.runs.undoWords(partsOf(counts), counts.total, run)
  const plan = counts.total === 0 || !isCurrent ? null : { hash, blocked, sentences: [sentence, texts.runs.undoHold] }
  return (
    <div className={styles.parts}>
      <p className={styles.sentence}>{sentence}</p>
      <ApprovedExport call="undo.export" input={{ run, created, plannedAt: header.plannedAt }} trigger={texts.runs.undoApprove(counts.total)} title={texts.runs.undoTitle} plan={plan} />
      {lines.length > 0 && <div className={styles.list} style={{ height: lines.length * height + 2 }}><Lines lines={lines} /></div>}
      {impossible.length > 0 && (
        <div>
          <p className={styles.sentence}>{texts.runs.undoImpossible(impossible.length)}</p>
          <ul className={styles.impossible} tabIndex={0}>{impossible.map(({ dn, kind, why }) => <li key={dn}>{asSentence(wordOfKind(kind))} <bdi>{dn}</bdi>: {why}</li>)}</ul>
        </div>
      )}
    </div>
  )
}

function Lines({ lines }: { readonly lines: readonly PlanLine[] }): ReactNode {
  const [selected, setSelected] = useState<number | null>(null)
  return <DataList<PlanLine> label={texts.runs.undoList} total={lines.length} rowHeight={rowHeight} rowAt={(at) => lines[at]} onVisible={ignoreVisible} selected={selected} onSelect={setSelected} renderRow={(line) => <LineRow line={line} />} empty={texts.runs.undoNothing} />
}

function LineRow({ line: { change } }: { readonly line: PlanLine }): ReactNode {
  const styles = useStyles()
  return (
    <div className={styles.row}>
      <KindBadge kind={change.kind} />
      <div className={styles.who}>
        <div className={styles.line}><bdi>{change.subject.displayName ?? change.dn}</bdi></div>
        <div className={`${styles.line} ${styles.second}`}>{describeReason(change.reason)}</div>
      </div>
    </div>
  )
}

/** All rows are here already. */
function ignoreVisible(): void {}

function partsOf(counts: UndoOutcome['counts']): string {
  return asSentence(changeKinds.filter((kind) => counts[kind] > 0).map((kind) => `${wordOfKind(kind)} ${formatNumber(counts[kind])}`).join(', '))
}
