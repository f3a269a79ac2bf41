import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'

/**
 * Dates of expressions: instants of the years 1 to 9999, always UTC, to the millisecond. The only pure file where `Date` is
 * used, for the calendar; the clock is never asked.
 */
export type DateTime = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** Since 1970-01-01T00:00:00Z. */
  readonly milliseconds: number
}

export const dateIntervals = ['yyyy', 'q', 'm', 'y', 'd', 'w', 'ww', 'h', 'n', 's'] as const
/** Year, quarter, month, day of year, day, weekday, week, hour, minute, second, as in Visual Basic. */
export type DateInterval = (typeof dateIntervals)[number]

/**
 * ISO 8601 (`2026-11-23`, `2026-11-23T10:15:00.5+01:00`, a blank for the T), GeneralizedTime of directories
 * (`20261123101500.0Z`) and the invariant culture's `12/25/2007 4:00 PM`; a time zone such as `Z`, `-8` or `+05:30` may
 * follow a time. Without one it is UTC.
 */
export function parseDateTime(text: string): Result<DateTime, string> {
  const trimmed = text.trim()
  const groups = patterns.map((pattern) => pattern.exec(trimmed)?.groups).find((found) => found !== undefined)
  const milliseconds = groups === undefined ? null : readInstant(groups)
  return milliseconds === null ? fail(`"${text.slice(0, 40).toWellFormed()}" is not a date`) : fromMilliseconds(milliseconds)
}

/** Adds a number of intervals. A month too short for the day ends it: January 31 and a month is the end of February. */
export function addInterval(start: DateTime, interval: DateInterval, amount: number): Result<DateTime, string> {
  const months = monthsOf[interval]
  return fromMilliseconds(months === undefined ? start.milliseconds + amount * lengthOf(interval) : addMonths(start, amount * months))
}

/** `2026-11-23T10:15:00Z`, with milliseconds only where there are some. */
export function printDateTime(dateTime: DateTime): string {
  const text = new Date(dateTime.milliseconds).toISOString()
  return dateTime.millisecond === 0 ? text.replace('.000Z', 'Z') : text
}

const time = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?(?:\s*(?<half>[AP]M))?(?:\s*(?<zone>Z|[+-]\d{1,2}(?::?\d{2})?))?`
const patterns = [
  new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[T ]\s*${time})?$`, 'i'),
  new RegExp(String.raw`^(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})(?:\s+${time})?$`, 'i'),
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d{2}(?:\d{2})?)$/
]

const dayLength = 86_400_000
/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z. */
const earliest = -62_135_596_800_000
const latest = 253_402_300_799_999

function fromMilliseconds(milliseconds: number): Result<DateTime, string> {
  if (!(milliseconds >= earliest && milliseconds <= latest)) return fail('the date is outside of the years 1 to 9999')
  const date = new Date(milliseconds)
  return succeed({
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(),
    hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(), millisecond: date.getUTCMilliseconds(),
    weekday: date.getUTCDay(), milliseconds
  })
}

/** Null where a part is out of its range, February 30 for example. */
function readInstant(groups: Readonly<Record<string, string | undefined>>): number | null {
  const part = (name: string): number => Number(groups[name] ?? '0')
  const [year, month, day, minute, second] = [part('year'), part('month'), part('day'), part('minute'), part('second')]
  const hour = readHour(part('hour'), groups['half']?.toUpperCase())
  const zone = readZone(groups['zone'])
  if (hour === null || zone === null || minute > 59 || second > 59) return null
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return null
  const fraction = Math.floor(Number(`0.${groups['fraction'] ?? '0'}`) * 1000)
  return startOfDay(year, month, day) + ((hour * 60 + minute - zone) * 60 + second) * 1000 + fraction
}

function readHour(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour > 23 ? null : hour
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half === 'PM' ? 12 : 0)
}

/** Minutes east of Greenwich; .NET allows 14 hours. */
function readZone(zone: string | undefined): number | null {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0
  const digits = zone.slice(1).replace(':', '')
  const [hours, minutes] = digits.length > 2 ? [Number(digits.slice(0, -2)), Number(digits.slice(-2))] : [Number(digits), 0]
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** Date.UTC would take the years 0 to 99 for 1900 to 1999. */
function startOfDay(year: number, month: number, day: number): number {
  return new Date(Date.UTC(2000, month - 1, day)).setUTCFullYear(year, month - 1, day)
}

function daysOfMonth(year: number, month: number): number {
  return new Date(startOfDay(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - dayLength).getUTCDate()
}

const monthsOf: Readonly<Partial<Record<DateInterval, number>>> = { yyyy: 12, q: 3, m: 1 }

function lengthOf(interval: DateInterval): number {
  switch (interval) {
    case 'ww': return 7 * dayLength
    case 'h': return 3_600_000
    case 'n': return 60_000
    case 's': return 1000
    default: return dayLength
  }
}

function addMonths(start: DateTime, amount: number): number {
  const months = start.year * 12 + start.month - 1 + amount
  const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1]
  if (year < 1 || year > 9999) return Number.NaN
  const timeOfDay = start.milliseconds - startOfDay(start.year, start.month, start.day)
  return startOfDay(year, month, Math.min(start.day, daysOfMonth(year, month))) + timeOfDay
}
