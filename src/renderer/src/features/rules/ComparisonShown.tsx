import { Link, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Outputs } from '../../../../shared/api/contract.ts'
import type { ComparedDecision } from '../../../../shared/api/ruleOutcomes.ts'
import { changeKinds, type Change } from '../../../../shared/domain/change.ts'
import { describeReason, describeSkip } from '../../../../shared/domain/describeReason.ts'
import { writeRoute } from '../../app/route.ts'
import { formatNumber, texts } from '../../texts.ts'
import { asSentence } from '../../ui/asSentence.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { wordOfKind } from '../../ui/kinds.tsx'

const words = texts.rules.compare

const useStyles = makeStyles({
  parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  value: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  sentence: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
})

/** What two rule sets decide about the data of the last imports: counts first, then each person with both decisions. */
export function ComparisonShown({ comparison }: { readonly comparison: Outputs['rules.compareText'] }): ReactNode {
  const styles = useStyles()
  const { current, other, differing, differences, notImported } = comparison
  const kinds = changeKinds.filter((kind) => current.changes[kind] > 0 || other.changes[kind] > 0)
  return (
    <div className={styles.parts}>
      <p className={styles.sentence} role="status">{words.differing(differing)}</p>
      {notImported.length > 0 && <MessageBar intent="warning" layout="multiline"><MessageBarBody>{words.notImported(notImported.map(({ connector, attribute }) => `${attribute} (${texts.rules.systems[connector]})`).join(', '))}</MessageBarBody></MessageBar>}
      <EvidenceTable label={words.counts} headings={[words.kind, words.inForce, words.draft]} monospaced={[]}
        rows={[...kinds.map((kind) => ({ key: kind, cells: [wordOfKind(kind), formatNumber(current.changes[kind]), formatNumber(other.changes[kind])] })), { key: 'problems', cells: [words.objectProblems, formatNumber(current.problems), formatNumber(other.problems)] }]} />
      {differences.length > 0 && (
        <EvidenceTable label={words.persons} headings={[words.person, words.inForce, words.draft]} monospaced={[]}
          rows={differences.map(({ metaverseId, current: now, other: then }) => ({
            key: metaverseId, cells: [<Link key="who" href={writeRoute({ screen: 'preview', parameters: { id: metaverseId } })}><bdi>{nameOf(now) ?? nameOf(then) ?? metaverseId}</bdi></Link>, <Decided key="now" decision={now} beside={then} />, <Decided key="then" decision={then} beside={now} />],
          }))} />
      )}
      {differing > differences.length && <span>{words.first(differences.length)}</span>}
    </div>
  )
}

function nameOf(decision: ComparedDecision): string | null {
  return decision?.kind === 'change' ? decision.change.subject.displayName : null
}

type DecidedProps = { readonly decision: ComparedDecision; readonly beside: ComparedDecision }

/** A decision, and of its values only those that the other one does not have as well. */
function Decided({ decision, beside }: DecidedProps): ReactNode {
  const styles = useStyles()
  if (decision === null) return words.notThere
  if (decision.kind === 'skip') return asSentence(describeSkip(decision.reason))
  const { change } = decision
  const values = valuesOf(change)
  const others = beside?.kind === 'change' ? valuesOf(beside.change) : new Map<string, string>()
  const own = [...values].filter(([name, value]) => others.get(name) !== value)
  return (
    <>
      <div>{asSentence(`${wordOfKind(change.kind)}: ${describeReason(change.reason)}`)}</div>
      {own.map(([name, value]) => <div key={name} className={styles.value}>{name} = {value === '' ? '∅' : <bdi>{value}</bdi>}</div>)}
    </>
  )
}

/** What would be in the directory, by attribute; the name and place of the account among them. */
function valuesOf(change: Change): ReadonlyMap<string, string> {
  const dn = change.kind === 'create' ? change.dn : (change.newDn ?? change.dn)
  return new Map([['dn', dn], ...change.attributes.map(({ name, after, isGenerated }) => [name, isGenerated === true ? texts.changes.generated : after.map(String).join(' | ')] as const)])
}
