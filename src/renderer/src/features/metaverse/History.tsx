import { Button, makeStyles, Link, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { ObjectHistory } from '../../../../shared/api/windowCalls.ts'
import { writeRoute } from '../../app/route.ts'
import type { Answer } from '../../app/service.tsx'
import { formatAgo, formatInstant, texts } from '../../texts.ts'
import { historyTexts } from '../../texts/history.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ValueSide } from '../../ui/ValueDifference.tsx'

/** So many steps are read at a glance. */
const glance = 8

const useStyles = makeStyles({
  heading: { margin: 0, fontSize: tokens.fontSizeBase300 },
  about: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  steps: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  step: { borderLeft: `3px solid ${tokens.colorNeutralStroke1}`, paddingInlineStart: tokens.spacingHorizontalM, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalXS },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS },
  what: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  summary: { cursor: 'pointer', width: 'fit-content', fontSize: tokens.fontSizeBase200 },
})

/** What happened to this person and to both ends, newest first; each step leads to its run. */
export function History({ history }: { readonly history: Answer<ObjectHistory> }): ReactNode {
  const styles = useStyles()
  const [isOpen, setOpen] = useState(false)
  if (history.status === 'failed') return <ProblemMessage problem={history.problem} />
  if (history.status === 'loading') return <Skeleton aria-label={historyTexts.loading}><SkeletonItem size={64} /></Skeleton>
  const { entries, total } = history.value
  const shown = isOpen ? entries : entries.slice(0, glance)
  return (
    <>
      <div><h3 className={styles.heading}>{historyTexts.title}</h3><p className={styles.about}>{historyTexts.about}</p></div>
      <ol className={styles.steps} aria-label={historyTexts.title}>{shown.map((entry) => <Step key={`${entry.of} ${entry.run} ${entry.kind}`} entry={entry} />)}</ol>
      {shown.length < entries.length && <div><Button size="small" onClick={() => setOpen(true)}>{historyTexts.all(total)}</Button></div>}
    </>
  )
}

function Step({ entry: { of, kind, run, time, differences } }: { readonly entry: ObjectHistory['entries'][number] }): ReactNode {
  const styles = useStyles()
  return (
    <li className={styles.step}>
      <div className={styles.line}>
        <span className={styles.what}>{historyTexts.entry(historyTexts.of[of], historyTexts.kinds[kind])}</span>
        {time === null ? <span className={styles.quiet}>{historyTexts.expired(run)}</span> : (
          <>
            <span className={styles.quiet} title={formatInstant(time.at)}>{formatAgo(time.at, Date.now())}</span>
            <Link href={writeRoute({ screen: 'runs', parameters: { run: String(run) } })}>{historyTexts.run(texts.runs.steps[time.step], run)}</Link>
          </>
        )}
      </div>
      {differences.length === 0 ? <span className={styles.quiet}>{historyTexts.noValues}</span> : <Differences isOpen={kind === 'changed'} differences={differences} />}
    </li>
  )
}

/** All values of an object that came or went say little at a glance: those are folded. */
function Differences({ isOpen, differences }: { readonly isOpen: boolean; readonly differences: ObjectHistory['entries'][number]['differences'] }): ReactNode {
  const styles = useStyles()
  return (
    <details open={isOpen}>
      <summary className={styles.summary}>{historyTexts.values(differences.length)}</summary>
      <EvidenceTable label={historyTexts.differences} headings={[texts.metaverse.attribute, historyTexts.before, historyTexts.after]} monospaced={[0]}
        rows={differences.map(({ name, before, after }) => ({ key: name, cells: [name, <ValueSide key="before" side="before" before={before} after={after} />, <ValueSide key="after" side="after" before={before} after={after} />] }))} />
    </details>
  )
}
