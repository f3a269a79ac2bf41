import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, ChevronDownRegular, ChevronRightRegular, DismissCircleFilled, SubtractCircleFilled } from '@fluentui/react-icons'
import type { ReactElement, ReactNode } from 'react'
import type { Explanation, StepState } from '../../../../shared/domain/decision.ts'
import { describeStep } from '../../../../shared/domain/describeStep.ts'
import { texts } from '../../texts.ts'
import { asSentence } from '../../ui/asSentence.ts'
import { StepEvidence } from './StepEvidence.tsx'

const useStyles = makeStyles({
  step: { display: 'grid', gridTemplateColumns: '24px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS, position: 'relative' },
  line: { '::before': { content: '""', position: 'absolute', insetInlineStart: '11px', top: '26px', bottom: '-6px', width: '2px', backgroundColor: tokens.colorNeutralStroke2 } },
  dot: { fontSize: '20px', display: 'flex', paddingTop: '6px', justifyContent: 'center' },
  done: { color: tokens.colorPaletteGreenForeground1 },
  stopped: { color: tokens.colorNeutralForeground3 },
  failed: { color: tokens.colorPaletteRedForeground1 },
  head: { font: 'inherit', color: 'inherit', textAlign: 'start', border: 'none', backgroundColor: 'transparent', padding: '6px 4px', display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start', width: '100%', cursor: 'pointer', borderRadius: tokens.borderRadiusMedium, ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  still: { cursor: 'default', ':hover': { backgroundColor: 'transparent' } },
  sentence: { flexGrow: 1, overflowWrap: 'anywhere', minWidth: 0 },
  important: { fontWeight: tokens.fontWeightSemibold },
  word: { fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap', color: tokens.colorNeutralForeground2, paddingTop: '1px' },
  chevron: { display: 'flex', paddingTop: '3px' },
  evidence: { padding: `${tokens.spacingVerticalXS} 4px ${tokens.spacingVerticalM}`, minWidth: 0 },
})

const dots: Readonly<Record<StepState, ReactElement>> = { done: <CheckmarkCircleFilled aria-hidden />, stopped: <SubtractCircleFilled aria-hidden />, failed: <DismissCircleFilled aria-hidden /> }

type StoryStepProps = { readonly step: Explanation['steps'][number]; readonly isOpen: boolean; readonly isLast: boolean; readonly onToggle: () => void }

/** A sentence with its state as dot and word; what it rests on is folded below. */
export function StoryStep({ step, isOpen, isLast, onToggle }: StoryStepProps): ReactNode {
  const styles = useStyles()
  const { sentence, evidence } = describeStep(step)
  const words = (
    <>
      <bdi className={mergeClasses(styles.sentence, step.state !== 'done' && styles.important)}>{asSentence(sentence)}</bdi>
      <span className={styles.word}>{texts.preview.states[step.state]}</span>
    </>
  )
  return (
    <li className={mergeClasses(styles.step, !isLast && styles.line)}>
      <span className={mergeClasses(styles.dot, styles[step.state])}>{dots[step.state]}</span>
      <div>
        {evidence.length === 0
          ? <div className={mergeClasses(styles.head, styles.still)}>{words}</div>
          : <button type="button" className={styles.head} aria-expanded={isOpen} onClick={onToggle}>{words}<span className={styles.chevron}>{isOpen ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}</span></button>}
        {isOpen && evidence.length > 0 && <div className={styles.evidence}><StepEvidence step={step} evidence={evidence} /></div>}
      </div>
    </li>
  )
}
