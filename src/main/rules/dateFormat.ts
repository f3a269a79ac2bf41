import type { DateTime } from './dateTime.ts'
import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'

/**
 * Formats a date by .NET's custom patterns in the invariant culture ("Custom date and time format strings"). A pattern of
 * one letter is one of .NET's standard formats; `%d` is the custom one. What is wrong with a pattern is said by name.
 */
export function formatDateTime(dateTime: DateTime, format: string): Result<string, string> {
  const pattern = format.length === 1 ? standardFormats[format] : format.replace(/^%(?=.$)/, '')
  if (pattern === undefined || pattern === '') return fail(`"${format}" is not a valid DateTime format`)
  const pieces: string[] = []
  for (const piece of splitPattern(pattern)) {
    const printed = printPiece(dateTime, piece)
    if (printed === null) return fail(`"${format.slice(0, 80).toWellFormed()}" is not a valid DateTime format: see ${piece}`)
    pieces.push(printed)
  }
  return succeed(pieces.join(''))
}

const standardFormats: Readonly<Record<string, string>> = {
  d: 'MM/dd/yyyy', D: 'dddd, dd MMMM yyyy', t: 'HH:mm', T: 'HH:mm:ss', f: 'dddd, dd MMMM yyyy HH:mm', F: 'dddd, dd MMMM yyyy HH:mm:ss',
  g: 'MM/dd/yyyy HH:mm', G: 'MM/dd/yyyy HH:mm:ss', m: 'MMMM dd', M: 'MMMM dd', y: 'yyyy MMMM', Y: 'yyyy MMMM',
  o: 'yyyy-MM-ddTHH:mm:ss.fffffffK', O: 'yyyy-MM-ddTHH:mm:ss.fffffffK', r: 'ddd, dd MMM yyyy HH:mm:ss "GMT"', R: 'ddd, dd MMM yyyy HH:mm:ss "GMT"',
  s: 'yyyy-MM-ddTHH:mm:ss', u: 'yyyy-MM-dd HH:mm:ss"Z"'
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** Runs of one specifier, quoted texts, escaped characters, and everything else character by character. */
function splitPattern(pattern: string): readonly string[] {
  return pattern.match(/([dfFgHhKmMstyz])\1*|"[^"]*"|'[^']*'|\\.|%[^%]|[^]/gu) ?? []
}

/** Null where the piece is no part of a valid pattern. */
function printPiece(date: DateTime, piece: string): string | null {
  const length = piece.length
  const hour12 = date.hour % 12 === 0 ? 12 : date.hour % 12
  switch (piece[0]) {
    case 'y': return length <= 2 ? pad(date.year % 100, length) : pad(date.year, length)
    case 'M': return length <= 2 ? pad(date.month, length) : nameOf(months, date.month - 1, length)
    case 'd': return length <= 2 ? pad(date.day, length) : nameOf(days, date.weekday, length)
    case 'H': return pad(date.hour, Math.min(length, 2))
    case 'h': return pad(hour12, Math.min(length, 2))
    case 'm': return pad(date.minute, Math.min(length, 2))
    case 's': return pad(date.second, Math.min(length, 2))
    case 't': return (date.hour < 12 ? 'AM' : 'PM').slice(0, length)
    case 'f': return length > 7 ? null : fractionOf(date).slice(0, length)
    case 'F': return length > 7 ? null : fractionOf(date).slice(0, length).replace(/0+$/, '')
    case 'g': return 'A.D.'
    case 'K': return 'Z'.repeat(length)
    case 'z': return ['+0', '+00'][length - 1] ?? '+00:00'
    case '"': case '\'': return length > 1 ? piece.slice(1, -1) : null
    case '\\': return length > 1 ? piece.slice(1) : null
    case '%': return length > 1 ? printPiece(date, piece.slice(1)) : null
    default: return piece
  }
}

function pad(number: number, length: number): string {
  return String(number).padStart(length, '0')
}

function nameOf(names: readonly string[], index: number, length: number): string {
  const name = names[index] ?? ''
  return length === 3 ? name.slice(0, 3) : name
}

/** Ten-millionths of a second, seven digits. */
function fractionOf(date: DateTime): string {
  return `${pad(date.millisecond, 3)}0000`
}
