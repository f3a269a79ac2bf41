import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckboxCheckedFilled, CheckboxUncheckedRegular } from '@fluentui/react-icons'
import { memo, type ReactNode } from 'react'
import type { ChangeRow } from '../../../../shared/domain/listRows.ts'
import { texts } from '../../texts.ts'
import { KindBadge } from '../../ui/kinds.tsx'

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, width: '100%', minWidth: 0 },
  mark: { display: 'flex', fontSize: '20px', flexShrink: 0, cursor: 'pointer', color: tokens.colorNeutralForeground3, padding: '4px' },
  marked: { color: tokens.colorBrandForeground1 },
  who: { flexGrow: 1, minWidth: 0 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  count: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
})

type ChangeListRowProps = { readonly row: ChangeRow; readonly isMarked: boolean; readonly onMark: (row: ChangeRow) => void }

/**
 * The box is for the mouse; the keyboard has the space bar, and the row says whether it is selected. Scrolling draws the
 * list anew many times a second, a row only when it is another one.
 */
export const ChangeListRow = memo(function ChangeListRow({ row, isMarked, onMark }: ChangeListRowProps): ReactNode {
  const styles = useStyles()
  return (
    <div className={styles.row}>
      <span aria-hidden className={mergeClasses(styles.mark, isMarked && styles.marked)} onClick={(event) => { event.stopPropagation(); onMark(row) }}>{isMarked ? <CheckboxCheckedFilled /> : <CheckboxUncheckedRegular />}</span>
      <KindBadge kind={row.kind} />
      <div className={styles.who}>
        <div className={styles.line}><bdi>{row.displayName ?? row.dn}</bdi></div>
        <div className={mergeClasses(styles.line, styles.second)}>{row.company !== null && <><bdi>{row.company}</bdi> · </>}{row.why}</div>
      </div>
      <span className={styles.count}>{texts.changes.attributes(row.attributes.length)}</span>
    </div>
  )
})
