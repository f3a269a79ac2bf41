import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ObjectHistory } from '../../../../shared/api/windowCalls.ts'
import type { Value } from '../../../../shared/domain/attributes.ts'
import type { MetaverseAttribute, MetaverseObject } from '../../../../shared/domain/metaverse.ts'
import { formatAgo, formatInstant, texts } from '../../texts.ts'
import { historyTexts } from '../../texts/history.ts'

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase300 },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  title: { textAlign: 'start', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, padding: tokens.spacingVerticalXS, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  cell: { verticalAlign: 'top', textAlign: 'start', padding: tokens.spacingVerticalXS, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, fontWeight: tokens.fontWeightRegular, overflowWrap: 'anywhere' },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  quiet: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  lost: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground2 },
})

/** Every value of the person: since when it is so, who contributed it by which rule, and who else wanted to. */
export function PersonAttributes({ person, since }: { readonly person: MetaverseObject; readonly since: ObjectHistory['since'] }): ReactNode {
  const styles = useStyles()
  const headings = [texts.metaverse.attribute, texts.metaverse.value, texts.metaverse.contributor, texts.metaverse.lost]
  const attributes = Object.entries(person.attributes).toSorted(([left], [right]) => left.localeCompare(right))
  return (
    <>
      <h3 className={styles.heading}>{texts.metaverse.values}</h3>
      <table className={styles.table} aria-label={texts.metaverse.values}>
        <thead><tr>{headings.map((heading) => <th key={heading} scope="col" className={styles.title}>{heading}</th>)}</tr></thead>
        <tbody>{attributes.map(([name, attribute]) => <AttributeRow key={name} name={name} attribute={attribute} since={Object.hasOwn(since, name) ? since[name] : undefined} />)}</tbody>
      </table>
    </>
  )
}

type AttributeRowProps = { readonly name: string; readonly attribute: MetaverseAttribute; readonly since: ObjectHistory['since'][string] | undefined }

function AttributeRow({ name, attribute: { values, winner, losers, merged = [] }, since }: AttributeRowProps): ReactNode {
  const styles = useStyles()
  const { connectors } = texts.metaverse
  return (
    <tr>
      <th scope="row" className={styles.cell}><span className={styles.code}>{name}</span></th>
      <td className={styles.cell}>
        <bdi className={styles.code}>{show(values)}</bdi>
        {since !== undefined && since.time !== null && <span className={styles.quiet} title={formatInstant(since.time.at)}>{historyTexts.since(formatAgo(since.time.at, Date.now()))}</span>}
      </td>
      <td className={styles.cell}>
        {connectors[winner.connector]}<span className={styles.quiet}>{texts.metaverse.rule(winner.rule, winner.source)}</span>
        {merged.map((other) => <span key={`${other.connector} ${other.rule}`} className={styles.quiet}>{texts.metaverse.merged(connectors[other.connector], other.rule)}</span>)}
      </td>
      <td className={styles.cell}>{losers.map((loser) => (
        <div key={`${loser.connector} ${loser.rule} ${loser.source}`}>
          <bdi className={`${styles.code} ${styles.lost}`}>{show(loser.values)}</bdi>
          <span className={styles.quiet}>{connectors[loser.connector]}, {texts.metaverse.rule(loser.rule, loser.source)}: {texts.metaverse.losers[loser.why]}</span>
        </div>
      ))}</td>
    </tr>
  )
}

function show(values: readonly Value[]): string {
  return values.length === 0 ? '∅' : values.map(String).join(' | ')
}
