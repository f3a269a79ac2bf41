import { makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownRegular, ArrowUpRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'

export type Sorting = { readonly column: string; readonly direction: 'ascending' | 'descending' }

const useStyles = makeStyles({
  cell: { minWidth: 0, padding: `0 ${tokens.spacingHorizontalS}`, overflow: 'hidden' },
  button: { font: 'inherit', color: 'inherit', backgroundColor: 'transparent', border: 'none', padding: '6px 0', display: 'flex', gap: tokens.spacingHorizontalXS, alignItems: 'center', cursor: 'pointer', maxWidth: '100%', ':hover': { color: tokens.colorNeutralForeground1 } },
  title: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
})

type TableHeadingProps = { readonly name: string; readonly title: string; readonly isSortable: boolean; readonly sorting: Sorting | null; readonly onSort: (column: string) => void }

/** A column's title; a click or Enter sorts, once more the other way round. */
export function TableHeading({ name, title, isSortable, sorting, onSort }: TableHeadingProps): ReactNode {
  const styles = useStyles()
  const direction = sorting?.column === name ? sorting.direction : null
  if (!isSortable) return <div className={styles.cell} role="columnheader"><span className={styles.title}>{title}</span></div>
  return (
    <div className={styles.cell} role="columnheader" aria-sort={direction ?? 'none'}>
      <button type="button" className={styles.button} title={texts.table.sortBy(title)} onClick={() => onSort(name)}>
        <span className={styles.title}>{title}</span>
        {direction === 'ascending' && <ArrowUpRegular aria-hidden />}
        {direction === 'descending' && <ArrowDownRegular aria-hidden />}
      </button>
    </div>
  )
}
