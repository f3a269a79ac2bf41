import type { DelegationIntent, Reading } from '../../../shared/domain/delegation.ts'
import type { Outcome } from './check.ts'

type Fault = { readonly message: string; readonly remedy: string; readonly read: readonly string[]; readonly intent?: DelegationIntent | null; readonly narrowedTo?: Outcome['narrowedTo'] }

export function passed(message: string, read: readonly string[]): Outcome {
  return { state: 'passed', message, remedy: null, read, intent: null, narrowedTo: {} }
}

/** As bad as the row of the table says. */
export function found(fault: Fault): Outcome {
  return { state: 'found', message: fault.message, remedy: fault.remedy, read: fault.read, intent: fault.intent ?? null, narrowedTo: fault.narrowedTo ?? {} }
}

/** Less than the row says: a warning. */
export function warned(fault: Fault): Outcome {
  return { ...found(fault), state: 'warning' }
}

/** More than the row says: a failure. */
export function failed(fault: Fault): Outcome {
  return { ...found(fault), state: 'failed' }
}

/** `what` begins the sentence, `why` ends it. */
export function notChecked(what: string, why: string, read: readonly string[] = []): Outcome {
  return { state: 'notChecked', message: endSentence(`${what}: ${why}`), remedy: null, read, intent: null, narrowedTo: {} }
}

/** Judges what was read; what was not read is "not checked", never "passed". `what` is the subject of "… was not read". */
export function whenRead<Value>(reading: Reading<Value>, what: string, judge: (value: Value) => readonly Outcome[]): readonly Outcome[] {
  return reading.kind === 'read' ? judge(reading.value) : [notChecked(`${what} was not read`, reading.why)]
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
