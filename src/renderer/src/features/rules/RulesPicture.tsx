import { makeStyles, Skeleton, SkeletonItem, Switch, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { RulesOutline } from '../../../../shared/api/rulesEditing.ts'
import { refine, useRoute } from '../../app/route.ts'
import { texts } from '../../texts.ts'
import { RuleCard } from './RuleCard.tsx'

const useStyles = makeStyles({
  rules: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  legend: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalL, fontSize: tokens.fontSizeBase200 },
  entry: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  direct: { stroke: tokens.colorBrandStroke1 },
  expression: { stroke: tokens.colorPalettePurpleForeground2, strokeDasharray: '9 4' },
  constant: { stroke: tokens.colorPaletteTealForeground2, strokeDasharray: '2 3' },
})

/** Both directions: inbound rules first, as the data goes. */
export function RulesPicture({ outline }: { readonly outline: RulesOutline | null }): ReactNode {
  const styles = useStyles()
  const { parameters } = useRoute((state) => state.route)
  if (outline === null) return <Skeleton aria-label={texts.list.loading}><SkeletonItem size={128} /><SkeletonItem size={128} /></Skeleton>
  const as = parameters['as'] === 'table' ? 'table' : 'picture'
  const [chosenRule, chosenFlow] = (parameters['flow'] ?? '').split('.').map(Number)
  const ordered = outline.rules.map((rule, index) => ({ rule, index })).toSorted((left, right) => Number(left.rule.direction === 'outbound') - Number(right.rule.direction === 'outbound'))
  return (
    <div className={styles.rules}>
      <div className={styles.legend}>
        <Switch label={texts.rules.asTables} checked={as === 'table'} onChange={(_event, data) => refine({ as: data.checked ? 'table' : null })} />
        {as === 'picture' && (['direct', 'expression', 'constant'] as const).map((kind) => (
          <span key={kind} className={styles.entry}><svg width={44} height={10} aria-hidden><path className={styles[kind]} strokeWidth={2} d="M0 5H44" /></svg>{texts.rules.legend[kind]}</span>
        ))}
      </div>
      {outline.rules.length === 0 && <p>{texts.rules.noRules}</p>}
      {ordered.map(({ rule, index }) => <RuleCard key={rule.name} rule={rule} index={index} as={as} chosen={chosenRule === index && chosenFlow !== undefined && parameters['flow'] !== undefined ? chosenFlow : null} />)}
    </div>
  )
}
