import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { DriftVersions } from '../../../shared/domain/driftVersions.ts'
import { texts } from '../texts.ts'
import { ValueSide } from './ValueDifference.tsx'

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed', margin: `${tokens.spacingVerticalXS} 0` },
  cell: { textAlign: 'start', verticalAlign: 'top', fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular, padding: '2px 6px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  name: { fontFamily: tokens.fontFamilyMonospace },
})

/** What was seen when the change was planned, beside what the directory has now. */
export function DriftVersionsTable({ versions }: { readonly versions: readonly DriftVersions[] }): ReactNode {
  const styles = useStyles()
  const { title, attribute, planned, found } = texts.review.drift
  return (
    <table className={styles.table} aria-label={title}>
      <thead><tr>{[attribute, planned, found].map((heading) => <th key={heading} scope="col" className={styles.cell}>{heading}</th>)}</tr></thead>
      <tbody>{versions.map((version) => {
        const sides = { before: valuesOf(version.planned), after: valuesOf(version.found) }
        return (
          <tr key={version.name}>
            <th scope="row" className={styles.cell}><span className={styles.name}>{version.name}</span></th>
            <td className={styles.cell}><ValueSide side="before" {...sides} /></td>
            <td className={styles.cell}><ValueSide side="after" {...sides} /></td>
          </tr>
        )
      })}</tbody>
    </table>
  )
}

function valuesOf(text: string): readonly string[] {
  return text === '' ? [] : [text]
}
