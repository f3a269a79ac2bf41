import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed', fontSize: tokens.fontSizeBase200 },
  heading: { textAlign: 'start', color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold, padding: `2px ${tokens.spacingHorizontalXS}`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  cell: { verticalAlign: 'top', textAlign: 'start', fontWeight: tokens.fontWeightRegular, padding: `3px ${tokens.spacingHorizontalXS}`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  mono: { fontFamily: tokens.fontFamilyMonospace },
})

type EvidenceTableProps = {
  readonly label: string
  readonly headings: readonly string[]
  /** The first cell of a row names it. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
  /** Columns (from 0) of names and values of the systems. */
  readonly monospaced: readonly number[]
}

/** A small table of what was looked at: as wide as its place, values break where they must. */
export function EvidenceTable({ label, headings, rows, monospaced }: EvidenceTableProps): ReactNode {
  const styles = useStyles()
  const classOf = (column: number): string => mergeClasses(styles.cell, monospaced.includes(column) && styles.mono)
  return (
    <table className={styles.table} aria-label={label}>
      <thead><tr>{headings.map((heading) => <th key={heading} scope="col" className={styles.heading}>{heading}</th>)}</tr></thead>
      <tbody>{rows.map(({ key, cells: [first, ...rest] }) => (
        <tr key={key}>
          <th scope="row" className={classOf(0)}>{first}</th>
          {rest.map((cell, index) => <td key={headings[index + 1]} className={classOf(index + 1)}>{cell}</td>)}
        </tr>
      ))}</tbody>
    </table>
  )
}
