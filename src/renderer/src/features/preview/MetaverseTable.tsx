import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { nameOfSystem } from '../../../../shared/domain/describeStep.ts'
import type { MetaverseAttribute } from '../../../../shared/domain/metaverse.ts'
import { spellName } from '../../../../shared/domain/spellName.ts'
import { texts } from '../../texts.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { Values } from '../../ui/Values.tsx'

const useStyles = makeStyles({ lost: { color: tokens.colorNeutralForeground2 }, value: { fontFamily: tokens.fontFamilyMonospace } })

/** Each attribute with who won, by which rule, and who lost. */
export function MetaverseTable({ attributes }: { readonly attributes: Readonly<Record<string, MetaverseAttribute>> }): ReactNode {
  const { attribute, value, winner } = texts.preview.columns
  const rows = Object.entries(attributes).map(([name, found]) => ({ key: name, cells: [name, <Values key="values" values={found.values} />, <Contributors key="from" attribute={found} />] }))
  return <EvidenceTable label={texts.preview.metaverse} headings={[attribute, value, winner]} rows={rows} monospaced={[0, 1]} />
}

function Contributors({ attribute: { winner, losers } }: { readonly attribute: MetaverseAttribute }): ReactNode {
  const styles = useStyles()
  return (
    <>
      <div>{texts.preview.from(nameOfSystem(winner.connector), winner.source)}</div>
      {losers.map((loser) => (
        <div key={`${loser.connector}-${loser.rule}`} className={styles.lost}>{texts.preview.lost(nameOfSystem(loser.connector), spellName(loser.why))} <span className={styles.value}><Values values={loser.values} /></span></div>
      ))}
    </>
  )
}
