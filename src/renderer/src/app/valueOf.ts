import type { Answer } from './service.tsx'

/** What an answer has to show, also while a newer one is on its way; null: nothing yet, or it failed. */
export function valueOf<Value>(answer: Answer<Value>): Value | null {
  return answer.status === 'ready' || answer.status === 'refreshing' ? answer.value : null
}
