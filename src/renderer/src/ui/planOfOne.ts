import type { Preview } from '../../../shared/api/contract.ts'
import { describeReason } from '../../../shared/domain/describeReason.ts'
import { texts } from '../texts.ts'
import type { ShownPlan } from './ApprovedExport.tsx'
import { wordOfKind } from './kinds.tsx'

/** The plan of one person as it is approved: in words, with its hash. Null: nothing would be written. */
export function planOfOne({ change }: Preview): ShownPlan | null {
  if (change === null) return null
  const { kind, dn, subject, reason } = change.change
  return { hash: change.planHash, blocked: [], sentences: [texts.preview.words(wordOfKind(kind), subject.displayName, dn, describeReason(reason)), texts.preview.onlyThis] }
}
