import { Link, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { RunObjectRow } from '../../../../shared/api/contract.ts'
import { writeRoute } from '../../app/route.ts'
import { texts } from '../../texts.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { Values } from '../../ui/Values.tsx'

const useStyles = makeStyles({
  object: { flexBasis: '50%', flexShrink: 1, minHeight: '120px', overflow: 'auto', padding: tokens.spacingHorizontalM, borderTop: `2px solid ${tokens.colorNeutralStroke1}` },
  title: { margin: `0 0 ${tokens.spacingVerticalXS}`, fontSize: tokens.fontSizeBase300 },
})

/** Evidence frozen in time: the version of the object that the run left behind. */
export function ObjectAsItWas({ row }: { readonly row: RunObjectRow }): ReactNode {
  const styles = useStyles()
  const title = texts.runs.attributes(row.name ?? row.id)
  const rows = Object.entries(row.attributes).toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([name, values]) => ({ key: name, cells: [name, <Values key="values" values={values} />] }))
  return (
    <section className={styles.object} aria-label={title} tabIndex={0}>
      <h3 className={styles.title}><bdi>{title}</bdi></h3>
      <Link href={writeRoute({ screen: 'preview', parameters: { id: row.id } })}>{texts.runs.preview}</Link>
      {rows.length === 0 ? <p>{texts.runs.notKept}</p> : <EvidenceTable label={title} headings={[texts.runs.attribute, texts.runs.value]} rows={rows} monospaced={[0, 1]} />}
    </section>
  )
}
