import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkRegular, DismissRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { Evidence } from '../../../../shared/domain/describeStep.ts'
import type { ExplanationStep } from '../../../../shared/domain/decision.ts'
import { texts } from '../../texts.ts'
import { FlowTable } from './FlowTable.tsx'
import { MetaverseTable } from './MetaverseTable.tsx'

const useStyles = makeStyles({
  lines: { listStyle: 'none', margin: 0, padding: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalXS },
  line: { display: 'grid', gridTemplateColumns: '18px minmax(0, 1fr)', gap: tokens.spacingHorizontalXS },
  icon: { display: 'flex', paddingTop: '2px', fontSize: '16px' },
  holds: { color: tokens.colorPaletteGreenForeground1 },
  fails: { color: tokens.colorPaletteRedForeground1 },
  text: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300, overflowWrap: 'anywhere' },
})

/** Attribute flows and the metaverse as tables, everything else line by line. */
export function StepEvidence({ step, evidence }: { readonly step: ExplanationStep; readonly evidence: readonly Evidence[] }): ReactNode {
  switch (step.kind) {
    case 'inbound': return <FlowTable flows={step.flows} label={texts.preview.flowsIn} />
    case 'outbound': return <FlowTable flows={step.flows} label={texts.preview.flowsOut} />
    case 'metaverse': return <MetaverseTable attributes={step.attributes} />
    default: return <Lines evidence={evidence} />
  }
}

function Lines({ evidence }: { readonly evidence: readonly Evidence[] }): ReactNode {
  const styles = useStyles()
  return (
    <ul className={styles.lines}>{evidence.map(({ mark, text }, index) => (
      <li key={`${index}-${text}`} className={styles.line}>
        <span className={mergeClasses(styles.icon, mark !== null && styles[mark])}>
          {mark === 'holds' && <CheckmarkRegular role="img" aria-label={texts.preview.marks.holds} />}
          {mark === 'fails' && <DismissRegular role="img" aria-label={texts.preview.marks.fails} />}
        </span>
        <bdi className={styles.text}>{text}</bdi>
      </li>
    ))}</ul>
  )
}
