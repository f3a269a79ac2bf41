import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { formatInstant, formatNumber, texts } from '../../texts.ts'
import type { TrendBar } from './trendOf.ts'

const useStyles = makeStyles({
  summary: { cursor: 'pointer', fontSize: tokens.fontSizeBase200, width: 'fit-content' },
  scroll: { overflowX: 'auto' },
  table: { borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums' },
  cell: { padding: '4px 12px 4px 0', textAlign: 'start', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, whiteSpace: 'nowrap', fontWeight: tokens.fontWeightRegular },
})

/** The picture in figures, for those who read them better or cannot see it. */
export function TrendTable({ bars }: { readonly bars: readonly TrendBar[] }): ReactNode {
  const styles = useStyles()
  const used = [...new Set(bars.flatMap(({ parts }) => parts.map(({ series }) => series)))]
  const headings = [texts.overview.run_, texts.overview.when, ...used.map((name) => texts.overview.series[name]), texts.overview.total]
  return (
    <details>
      <summary className={styles.summary}>{texts.overview.trendTable}</summary>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={texts.overview.trendTable}>
        <table className={styles.table}>
          <thead><tr>{headings.map((heading) => <th key={heading} scope="col" className={styles.cell}>{heading}</th>)}</tr></thead>
          <tbody>{bars.map(({ run, parts, total }) => (
            <tr key={run.id}>
              <th scope="row" className={styles.cell}>{run.id}</th><td className={styles.cell}>{formatInstant(run.startedAt)}</td>
              {used.map((name) => <td key={name} className={styles.cell}>{formatNumber(parts.find(({ series }) => series === name)?.count ?? 0)}</td>)}
              <td className={styles.cell}>{formatNumber(total)}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </details>
  )
}
