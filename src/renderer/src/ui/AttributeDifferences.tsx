import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { AttributeChange } from '../../../shared/domain/change.ts'
import { texts } from '../texts.ts'
import { ValueSide } from './ValueDifference.tsx'

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  heading: { textAlign: 'start', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, padding: tokens.spacingVerticalXS, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  cell: { verticalAlign: 'top', textAlign: 'start', padding: tokens.spacingVerticalXS, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, fontWeight: tokens.fontWeightRegular, overflowWrap: 'anywhere' },
  name: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  from: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
})

/** A pending change: old beside new, with where each value comes from. */
export function AttributeDifferences({ attributes }: { readonly attributes: readonly AttributeChange[] }): ReactNode {
  const styles = useStyles()
  const headings = [texts.changes.attribute, texts.changes.inDirectory, texts.changes.willBe]
  return (
    <table className={styles.table} aria-label={texts.changes.differences}>
      <thead><tr>{headings.map((heading) => <th key={heading} scope="col" className={styles.heading}>{heading}</th>)}</tr></thead>
      <tbody>{attributes.map(({ name, before, after, from, isGenerated }) => (
        <tr key={name}>
          <th scope="row" className={styles.cell}><span className={styles.name}>{name}</span><span className={styles.from}>{texts.changes.from(from.source, from.connector)}</span></th>
          <td className={styles.cell}><ValueSide side="before" before={before} after={after} /></td>
          <td className={styles.cell}>{isGenerated === true ? texts.changes.generated : <ValueSide side="after" before={before} after={after} />}</td>
        </tr>
      ))}</tbody>
    </table>
  )
}
