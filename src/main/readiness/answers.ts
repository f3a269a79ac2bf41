import type { Problem } from '../../shared/domain/problem.ts'
import type { CheckAnswer } from './readinessCheck.ts'

/** What a check adds to its sentence. */
type More = Partial<Pick<CheckAnswer, 'read' | 'scripts' | 'canApply'>>

export function passed(message: string, more: More = {}): CheckAnswer {
  return { state: 'passed', message, read: [], remedy: null, ...more }
}

export function warned(message: string, remedy: string, more: More = {}): CheckAnswer {
  return { state: 'warning', message, read: [], remedy, ...more }
}

export function failed(message: string, remedy: string, more: More = {}): CheckAnswer {
  return { state: 'failed', message, read: [], remedy, ...more }
}

/** Never "passed" where nothing was seen: `why` is a sentence. */
export function notChecked(why: string, remedy: string | null = null, more: More = {}): CheckAnswer {
  return { state: 'notChecked', message: why, read: [], remedy, ...more }
}

/** What was to be read could not be. */
export function notRead({ message, remedy }: Problem): CheckAnswer {
  return notChecked(message, remedy)
}

/** `1 guest is`, `3 guests are`. */
export function countOf(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}

/** The first few of a long list, and how many more there are. */
export function nameSome(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
