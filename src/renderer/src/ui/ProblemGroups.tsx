import { Button, Link, makeStyles, tokens } from '@fluentui/react-components'
import { ErrorCircleRegular } from '@fluentui/react-icons'
import { useState, type ReactNode } from 'react'
import type { ObjectProblem } from '../../../shared/domain/problem.ts'
import { readDriftVersions } from '../../../shared/domain/driftVersions.ts'
import { spellName } from '../../../shared/domain/spellName.ts'
import { writeRoute } from '../app/route.ts'
import { texts } from '../texts.ts'
import { DriftVersionsTable } from './DriftVersionsTable.tsx'

const useStyles = makeStyles({
  groups: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  group: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderLeft: `3px solid ${tokens.colorPaletteRedBorderActive}`, borderRadius: tokens.borderRadiusMedium, padding: tokens.spacingHorizontalM, overflowWrap: 'anywhere' },
  heading: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center', margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  icon: { color: tokens.colorPaletteRedForeground1, display: 'flex', fontSize: '18px' },
  remedy: { margin: `${tokens.spacingVerticalXS} 0` },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL },
  object: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
})

/** So many objects of a cause are shown at first; thousands would hide the next cause. */
const firstShown = 3

/** Problems of objects by their cause: the remedy once, the objects below it, each leading to its story. */
export function ProblemGroups({ problems }: { readonly problems: readonly ObjectProblem[] }): ReactNode {
  const styles = useStyles()
  const groups = Map.groupBy(problems, (problem) => problem.kind)
  return <div className={styles.groups}>{[...groups].map(([kind, members]) => <ProblemGroup key={kind} problems={members} />)}</div>
}

function ProblemGroup({ problems }: { readonly problems: readonly ObjectProblem[] }): ReactNode {
  const styles = useStyles()
  const [shown, setShown] = useState(firstShown)
  const [first] = problems
  if (first === undefined) return null
  return (
    <section className={styles.group} aria-label={spellName(first.kind)}>
      <h3 className={styles.heading}><span className={styles.icon}><ErrorCircleRegular aria-hidden /></span>{texts.problems.cause(spellName(first.kind), problems.length)}</h3>
      <p className={styles.remedy}>{first.remedy}</p>
      <ul className={styles.list}>{problems.slice(0, shown).map((problem, index) => (
        <li key={`${problem.object}-${index}`}>{problem.message} <Link className={styles.object} href={writeRoute({ screen: 'preview', parameters: { id: problem.object } })}>{texts.problems.see}</Link><Versions problem={problem} /></li>
      ))}</ul>
      {problems.length > shown && <Button size="small" appearance="subtle" onClick={() => setShown(shown + 100)}>{texts.problems.more(problems.length - shown)}</Button>}
    </section>
  )
}

function Versions({ problem }: { readonly problem: ObjectProblem }): ReactNode {
  const versions = readDriftVersions(problem.detail ?? {})
  return versions.length === 0 ? null : <DriftVersionsTable versions={versions} />
}
