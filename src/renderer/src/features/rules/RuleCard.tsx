import { Badge, Link, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { OutlinedRule } from '../../../../shared/api/rulesEditing.ts'
import { refine } from '../../app/route.ts'
import { texts } from '../../texts.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { describeFlow, RulePicture } from './RulePicture.tsx'

const useStyles = makeStyles({
  card: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalL, backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge },
  heading: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { margin: 0, fontFamily: tokens.fontFamilyMonospace },
  text: { margin: 0, color: tokens.colorNeutralForeground2, maxWidth: '100ch' },
  facts: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))', gap: tokens.spacingHorizontalL },
  name: { margin: 0, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  chosen: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, padding: tokens.spacingHorizontalS, backgroundColor: tokens.colorBrandBackground2, borderRadius: tokens.borderRadiusMedium, minHeight: '20px' },
})

type RuleCardProps = { readonly rule: OutlinedRule; readonly index: number; readonly as: 'picture' | 'table'; readonly chosen: number | null }

/** One rule: whom it concerns, how it joins, and what flows, as a picture or as a table. */
export function RuleCard({ rule, index, as, chosen }: RuleCardProps): ReactNode {
  const styles = useStyles()
  const flow = chosen === null ? undefined : rule.flows[chosen]
  return (
    <section className={styles.card} aria-label={rule.name}>
      <div className={styles.heading}>
        <Subtitle2 as="h2" className={styles.title}>{rule.name}</Subtitle2>
        <Badge appearance="outline">{texts.rules.directions[rule.direction]}</Badge>
        <Badge appearance="outline">{rule.create ? texts.rules.creates[rule.direction] : texts.rules.createsNothing[rule.direction]}</Badge>
        <Link as="button" onClick={() => refine({ view: 'text', at: String(index) })}>{texts.rules.showInText}</Link>
      </div>
      {rule.description !== null && <p className={styles.text}>{rule.description}</p>}
      <div className={styles.facts}><Scope rule={rule} />{rule.direction === 'inbound' && <Joins rule={rule} />}</div>
      {as === 'picture' ? <RulePicture rule={rule} chosen={chosen} onChoose={(at) => refine({ flow: `${index}.${at}` })} /> : <FlowsTable rule={rule} />}
      {flow !== undefined && as === 'picture' && (
        <div className={styles.chosen} role="status"><span className={styles.code}>{describeFlow(flow)}</span><Link as="button" onClick={() => refine({ view: 'text', at: `${index}.${chosen}` })}>{texts.rules.showInText}</Link></div>
      )}
    </section>
  )
}

function Scope({ rule }: { readonly rule: OutlinedRule }): ReactNode {
  const styles = useStyles()
  return (
    <div>
      <h3 className={styles.name}>{texts.rules.scope}</h3>
      {rule.scope.length === 0 && texts.rules.everything}
      {rule.scope.map((group, at) => (
        <div key={at}>
          {at > 0 && <em>{texts.rules.or}</em>}
          <ul className={styles.list}>{group.map(({ attribute, operator, value }) => (
            <li key={`${attribute} ${operator} ${value ?? ''}`}><code className={styles.code}>{attribute}</code> {texts.rules.operators[operator] ?? operator} {value !== null && <code className={styles.code}><bdi>{value}</bdi></code>}</li>
          ))}</ul>
        </div>
      ))}
    </div>
  )
}

function Joins({ rule }: { readonly rule: OutlinedRule }): ReactNode {
  const styles = useStyles()
  return (
    <div>
      <h3 className={styles.name}>{texts.rules.joins}</h3>
      {rule.joins.length === 0 ? texts.rules.noJoins : <ol className={styles.list}>{rule.joins.map(({ connectorAttribute, metaverseAttribute }) => <li key={`${connectorAttribute} ${metaverseAttribute}`}><code className={styles.code}>{connectorAttribute} = {metaverseAttribute}</code></li>)}</ol>}
    </div>
  )
}

function FlowsTable({ rule }: { readonly rule: OutlinedRule }): ReactNode {
  const words = texts.rules
  return (
    <EvidenceTable label={words.tableOf(rule.name)} headings={[words.target, words.source, words.kind, words.when, words.ifEmpty]} monospaced={[0, 1]}
      rows={rule.flows.map((flow, at) => ({
        key: `${at} ${flow.to}`,
        cells: [flow.to, flow.kind === 'generated' ? words.generated : flow.source, words.kinds[flow.kind], flow.initialOnly ? words.initialOnly : words.always, rule.direction === 'inbound' ? words.nextContributor : flow.allowNull ? words.clears : words.keeps],
      }))} />
  )
}
