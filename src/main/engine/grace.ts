import type { OwnDisable } from '../../shared/domain/lifecycle.ts'
import { addInterval, parseDateTime } from '../rules/dateTime.ts'

/** sync-semantics 6: whatever settings or store say, no account is deleted sooner after its disable. */
const shortestGraceDays = 30

/**
 * Whether the deletion of an account that we disabled has fallen due: the stored due date and the grace as it is set now
 * must both be over, so that a longer grace protects those too who were disabled before it was set. A date that cannot be
 * read is never due.
 */
export function isGraceOver({ disabledAt, deleteDue }: OwnDisable, deleteAfterDays: number, now: string): boolean {
  const [start, due, present] = [disabledAt, deleteDue ?? '', now].map((text) => parseDateTime(text))
  if (start?.ok !== true || due?.ok !== true || present?.ok !== true) return false
  const end = addInterval(start.value, 'd', graceDays(deleteAfterDays))
  return end.ok && end.value.milliseconds <= present.value.milliseconds && due.value.milliseconds <= present.value.milliseconds
}

export function graceDays(deleteAfterDays: number): number {
  return Math.max(deleteAfterDays, shortestGraceDays)
}
