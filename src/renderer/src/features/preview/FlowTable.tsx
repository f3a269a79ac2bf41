import type { ReactNode } from 'react'
import type { FlowTrace } from '../../../../shared/domain/decision.ts'
import { texts } from '../../texts.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { Values } from '../../ui/Values.tsx'

/** Which rule gave which attribute what, and what became of it. */
export function FlowTable({ flows, label }: { readonly flows: readonly FlowTrace[]; readonly label: string }): ReactNode {
  const { attribute, value, source, outcome } = texts.preview.columns
  const rows = flows.map((flow, index) => ({
    key: `${index}-${flow.target}`,
    cells: [flow.target, <Values key="values" values={flow.result} />, flow.source, texts.preview.outcomes[flow.outcome]],
  }))
  return <EvidenceTable label={label} headings={[attribute, value, source, outcome]} rows={rows} monospaced={[0, 1, 2]} />
}
