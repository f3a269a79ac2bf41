import { Link, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Outputs } from '../../../../shared/api/contract.ts'
import type { ComparedDecision } from '../../../../shared/api/ruleOutcomes.ts'
import { changeKinds } from '../../../../shared/domain/change.ts'
import { describeReason, describeSkip } from '../../../../shared/domain/describeReason.ts'
import { writeRoute } from '../../app/route.ts'
import { formatNumber, texts } from '../../texts.ts'
import { asSentence } from '../../ui/asSentence.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { wordOfKind } from '../../ui/kinds.tsx'

const words = texts.rules.compare

const useStyles = makeStyles({
  parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
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
            key: metaverseId, cells: [<Link key="who" href={writeRoute({ screen: 'preview', parameters: { id: metaverseId } })}><bdi>{nameOf(now) ?? nameOf(then) ?? metaverseId}</bdi></Link>, sentenceOf(now), sentenceOf(then)],
          }))} />
      )}
      {differing > differences.length && <span>{words.first(differences.length)}</span>}
    </div>
  )
}

function nameOf(decision: ComparedDecision): string | null {
  return decision?.kind === 'change' ? decision.change.subject.displayName : null
}

function sentenceOf(decision: ComparedDecision): string {
  if (decision === null) return words.notThere
  if (decision.kind === 'skip') return asSentence(describeSkip(decision.reason))
  const { kind, reason, attributes } = decision.change
  return asSentence(`${wordOfKind(kind)}: ${describeReason(reason)}${attributes.length === 0 ? '' : ` (${attributes.map(({ name }) => name).join(', ')})`}`)
}
