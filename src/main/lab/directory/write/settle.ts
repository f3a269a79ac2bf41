import type { Entry } from '../entries/entry.ts'
import { isOfClass, textOf, withAttributes } from '../entries/entry.ts'
import { invalidParameter } from '../errors.ts'
import type { Refusal } from '../refusal.ts'

/**
 * pwdLastSet follows the password; a client may write 0 (must change at next logon) and -1 (now), nothing else (MS-ADTS 3.1.1.5.3.2).
 * lockoutTime may only be cleared. `before` is null for a new entry; `now` in 100-nanosecond intervals.
 */
export function settlePasswordTime(before: Entry | null, after: Entry, password: 'new' | 'kept', now: bigint): Entry | Refusal {
  if (!isOfClass(after, 'user')) return after
  const [written, previous] = [textOf(after, 'pwdLastSet'), before === null ? null : textOf(before, 'pwdLastSet')]
  const isWritten = written !== previous
  if (isWritten && written !== '0' && written !== '-1') return invalidParameter()
  const [locked, wasLocked] = [after, before].map((entry) => (entry === null ? '0' : (textOf(entry, 'lockoutTime') ?? '0')))
  if (locked !== wasLocked && locked !== '0') return invalidParameter()
  const isSetNow = written === '-1' || (password === 'new' && !(isWritten && written === '0'))
  const settled = isSetNow ? String(now) : (written ?? '0')
  return settled === written ? after : withAttributes(after, { pwdLastSet: [settled] })
}
