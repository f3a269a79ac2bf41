import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons'
import { useId, useState, type ReactNode } from 'react'
import type { ReadinessFinding, RemedyOutcome } from '../../../../shared/domain/readiness.ts'
import { refine, useRoute } from '../../app/route.ts'
import { readinessTexts } from '../../texts/readiness.ts'
import { FindingBadge } from '../../ui/findingState.tsx'
import { ScriptToCopy } from '../../ui/ScriptToCopy.tsx'
import { ApplyRemedy } from './ApplyRemedy.tsx'
import { RemedyOutcomeMessage } from './RemedyOutcomeMessage.tsx'

const useStyles = makeStyles({
  finding: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, padding: `${tokens.spacingVerticalS} 0`, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalXS },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere', flex: '1 1 240px' },
  message: { margin: 0, overflowWrap: 'anywhere', maxWidth: '110ch' },
  more: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM, padding: `${tokens.spacingVerticalS} 0` },
  label: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

type FindingProps = { readonly finding: ReadinessFinding; readonly isBusy: boolean; readonly onCheck: (id: string) => void }

/** One check: how it ended and what was found; unfolded, what was read, what to do, and the ways to do it. */
export function Finding({ finding, isBusy, onCheck }: FindingProps): ReactNode {
  const styles = useStyles()
  const more = useId()
  const isOpen = useRoute((state) => state.route.parameters['finding'] === finding.id)
  const [outcome, setOutcome] = useState<RemedyOutcome | null>(null)
  const { id, title, state, message } = finding
  const check = (): void => {
    // What is found from now on speaks of another moment than the remedy.
    setOutcome(null)
    onCheck(id)
  }
  return (
    <li className={styles.finding}>
      <div className={styles.head}>
        <FindingBadge state={state} />
        <h3 className={styles.title}>{title}</h3>
        <Button size="small" appearance="subtle" icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />} aria-expanded={isOpen} aria-controls={more} aria-label={readinessTexts.detailsOf(title)} onClick={() => refine({ finding: isOpen ? null : id })}>{readinessTexts.details}</Button>
        <Button size="small" aria-label={readinessTexts.checkOneOf(title)} disabledFocusable={isBusy} onClick={check}>{readinessTexts.checkOne}</Button>
      </div>
      <p className={styles.message}><bdi>{message}</bdi></p>
      {outcome?.finding.state === state && <RemedyOutcomeMessage outcome={outcome} />}
      <div id={more} hidden={!isOpen}>{isOpen && <Details finding={finding} onApplied={setOutcome} />}</div>
    </li>
  )
}

function Details({ finding, onApplied }: { readonly finding: ReadinessFinding; readonly onApplied: (outcome: RemedyOutcome) => void }): ReactNode {
  const styles = useStyles()
  const { read, remedy, scripts, canApply } = finding
  return (
    <div className={styles.more}>
      {remedy !== null && <div><p className={styles.label}>{readinessTexts.remedy}</p><p className={styles.message}>{remedy}</p></div>}
      {canApply && <div className={styles.actions}><ApplyRemedy finding={finding} onApplied={onApplied} /></div>}
      {scripts.map((script) => <ScriptToCopy key={script.title} title={script.title} language={readinessTexts.languages[script.language]} text={script.text} />)}
      {read.length > 0 && <div><p className={styles.label}>{readinessTexts.read}</p><ul className={styles.list}>{read.map((line) => <li key={line}><bdi>{line}</bdi></li>)}</ul></div>}
    </div>
  )
}
