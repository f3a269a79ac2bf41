import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Counters } from '../../../../shared/domain/run.ts'
import { spellName } from '../../../../shared/domain/spellName.ts'
import { useRoute, writeRoute } from '../../app/route.ts'
import { formatNumber, texts } from '../../texts.ts'
import { asSentence } from '../../ui/asSentence.ts'
import { groupCounters } from './counters.ts'

const useStyles = makeStyles({
  groups: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(240px, 100%), 1fr))', gap: tokens.spacingHorizontalL },
  heading: { margin: `0 0 ${tokens.spacingVerticalXS}`, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  link: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalM, padding: '4px 6px', borderRadius: tokens.borderRadiusMedium, color: tokens.colorNeutralForeground1, textDecorationLine: 'none', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  count: { fontVariantNumeric: 'tabular-nums', color: tokens.colorBrandForegroundLink, textDecorationLine: 'underline' },
})

/** Every number opens the objects behind it, as they were then. */
export function CounterLinks({ counters }: { readonly counters: Counters }): ReactNode {
  const styles = useStyles()
  const { screen, parameters } = useRoute((state) => state.route)
  const groups = groupCounters(counters)
  if (groups.length === 0) return texts.runs.noCounters
  return (
    <div className={styles.groups}>{groups.map(([group, counted]) => (
      <div key={group}>
        <h4 className={styles.heading}>{texts.runs.groups[group]}</h4>
        <ul className={styles.list}>{counted.map(({ name, count }) => (
          <li key={name}><a className={styles.link} href={writeRoute({ screen, parameters: { ...parameters, counter: name } })} title={texts.runs.openCounter(spellName(name), count)}><span>{asSentence(spellName(name))}</span><span className={styles.count}>{formatNumber(count)}</span></a></li>
        ))}</ul>
      </div>
    ))}</div>
  )
}
