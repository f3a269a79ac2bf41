import { Link, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { AuditRow } from '../../../../shared/api/windowCalls.ts'
import { refine, writeRoute } from '../../app/route.ts'
import { formatInstant, texts } from '../../texts.ts'
import { asSentence } from '../../ui/asSentence.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { wordOfAction } from './actionWords.tsx'
import { flattenDetails } from './flattenDetails.ts'

const useStyles = makeStyles({
  entry: { padding: tokens.spacingHorizontalL, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  title: { margin: 0, fontSize: tokens.fontSizeBase500 },
  part: { margin: 0, fontSize: tokens.fontSizeBase400 },
  links: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL },
})

/** One entry whole: who, when, the plan by its hash, and everything else that was recorded. */
export function AuditEntry({ entry }: { readonly entry: AuditRow }): ReactNode {
  const styles = useStyles()
  const { at, actor, action, planHash, details, line } = entry
  const recorded = flattenDetails(details)
  const { metaverseId } = details
  const run = runNamedIn(details)
  return (
    <section className={styles.entry} aria-label={texts.audit.detail}>
      <h2 className={styles.title}>{asSentence(wordOfAction(action))}</h2>
      <Facts facts={[[texts.audit.when, at === '' ? null : formatInstant(at)], [texts.audit.who, actor === '' ? null : actor], [texts.audit.plan, planHash], [texts.audit.line, String(line)]]} />
      <div className={styles.links}>
        {run !== null && <Link href={writeRoute({ screen: 'runs', parameters: { run: String(run) } })}>{texts.audit.seeRun(run)}</Link>}
        {typeof metaverseId === 'string' && <Link href={writeRoute({ screen: 'preview', parameters: { id: metaverseId } })}>{texts.audit.seePerson}</Link>}
        {planHash !== null && <Link as="button" onClick={() => refine({ plan: planHash, action: null, actor: null })}>{texts.audit.thisPlan}</Link>}
      </div>
      <h3 className={styles.part}>{texts.audit.details}</h3>
      {recorded.length === 0 ? texts.audit.nothingMore : <EvidenceTable label={texts.audit.details} headings={[texts.evidence.name, texts.evidence.value]} monospaced={[1]} rows={recorded.map(({ name, value }) => ({ key: name, cells: [name, <bdi key="value">{value}</bdi>] }))} />}
    </section>
  )
}

/** The run that an entry is about: the export that ended, or the one that an undo takes back. */
function runNamedIn({ run, purpose }: AuditRow['details']): number | null {
  if (typeof run === 'number') return run
  return typeof purpose === 'object' && purpose !== null && 'run' in purpose && typeof purpose.run === 'number' ? purpose.run : null
}
