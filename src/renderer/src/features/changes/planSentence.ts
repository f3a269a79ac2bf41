import type { PlanSummary } from '../../../../shared/api/contract.ts'
import { changeKinds } from '../../../../shared/domain/change.ts'
import { texts } from '../../texts.ts'

/** "Create 212 accounts, change 11; disable 3 of 251 managed accounts. 226 changes in all." What takes access away comes last and by itself. */
export function sentenceOfPlan({ counts, managedAccounts }: Pick<PlanSummary, 'counts' | 'managedAccounts'>): string {
  if (counts.total === 0) return texts.review.empty
  const kinds = changeKinds.filter((kind) => counts[kind] > 0).toReversed()
  const say = (isTaking: boolean): string => kinds.filter((kind) => (kind === 'disable' || kind === 'delete') === isTaking).map((kind) => texts.review.parts[kind](counts[kind])).join(', ')
  const taking = say(true)
  const parts = [say(false), taking === '' ? '' : `${taking}${texts.review.ofManaged(managedAccounts)}`].filter((part) => part !== '').join('; ')
  return `${parts.charAt(0).toLocaleUpperCase()}${parts.slice(1)}. ${texts.review.total(counts.total)}.`
}
