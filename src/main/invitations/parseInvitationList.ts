import { CsvError, parse, type Info } from 'csv-parse/sync'
import type { Invitation, ListMistake } from '../../shared/domain/invitation.ts'
import { nearestName } from '../../shared/domain/nearestName.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { findMistakes } from './checkInvitation.ts'

export type ListedInvitation = { readonly line: number; readonly invitation: Invitation }

/** Header of the list → part of the invitation. Case does not matter. */
const columns = { mail: 'mail', name: 'displayName', redirect: 'redirectUrl', message: 'message', language: 'language', cc: 'cc' } as const
type Column = keyof typeof columns
export const columnNames = Object.keys(columns) as readonly Column[]

const mostRows = 5_000

type Record = { readonly record: readonly string[]; readonly info: Info }

/**
 * A list of people to invite: CSV with a header (RFC 4180; comma or semicolon, quotes, BOM). Nothing of a list with a mistake
 * is used; every mistake is named with its line and column. `redirectUrl` stands in where a line has none. `text`: the file
 * decoded as UTF-8, whatever it is in.
 */
export function parseInvitationList(text: string, redirectUrl: string): Result<readonly ListedInvitation[], readonly ListMistake[]> {
  const foreign = findForeignEncoding(text)
  if (foreign !== null) return fail([foreign])
  const records = readRecords(text)
  if (!records.ok) return records
  const [header, ...rows] = records.value
  if (header === undefined) return fail([{ line: 1, column: null, value: '', message: 'The list is empty: it needs a header with the column mail.' }])
  const named = readHeader(header.record)
  if (!named.ok) return named
  if (rows.length > mostRows) return fail([{ line: 1, column: null, value: String(rows.length), message: `The list has more than ${mostRows} lines: invite in several lists.` }])
  const listed = rows.map(({ record, info }) => ({ line: firstLine(record, info), invitation: invitationOf(named.value, record, redirectUrl) }))
  const mistakes = [...listed.flatMap(mistakesOf), ...findRepeated(listed)].sort((left, right) => left.line - right.line)
  return mistakes.length === 0 ? succeed(listed) : fail(mistakes)
}

/** What bytes of another encoding become when they are decoded as UTF-8: NUL beside each Latin letter of UTF-16, replacement characters for the letters of a Windows code page. */
function findForeignEncoding(text: string): ListMistake | null {
  const mistake = (line: number, message: string): ListMistake => ({ line, column: null, value: '', message: `${message} Save it as UTF-8 (in Excel: "CSV UTF-8").` })
  if (text.includes('\0')) return mistake(1, 'The file is in UTF-16, not in UTF-8.')
  const position = text.indexOf('\uFFFD')
  return position === -1 ? null : mistake(text.slice(0, position).split(/\r\n|\r|\n/).length, 'The file is not in UTF-8: this line has a character of another encoding.')
}

function readRecords(text: string): Result<readonly Record[], readonly ListMistake[]> {
  const firstLineOfText = text.slice(0, Math.max(0, text.search(/\r|\n|$/)))
  const delimiter = firstLineOfText.includes(';') && !firstLineOfText.includes(',') ? ';' : ','
  try {
    return succeed(parse(text, { bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as unknown as readonly Record[]) // With `info`, which the library's types leave out.
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = (error as { readonly lines?: number }).lines ?? 1
    return fail([{ line, column: null, value: '', message: `The line cannot be read as CSV: ${error.message}` }])
  }
}

function readHeader(names: readonly string[]): Result<readonly Column[], readonly ListMistake[]> {
  const known = names.map((name) => columnNames.find((column) => column === name.toLowerCase()) ?? null)
  const mistakes = names.flatMap((name, index): readonly ListMistake[] => {
    if (known[index] === null) {
      const nearest = nearestName(name.toLowerCase(), columnNames)
      return [{ line: 1, column: name, value: name, message: `There is no such column${nearest === null ? '.' : `; did you mean "${nearest}"?`} Columns are ${columnNames.join(', ')}.` }]
    }
    return known.indexOf(known[index] ?? null) < index ? [{ line: 1, column: name, value: name, message: 'The column is there twice.' }] : []
  })
  if (!known.includes('mail')) mistakes.push({ line: 1, column: 'mail', value: '', message: 'The column mail is missing.' })
  return mistakes.length === 0 ? succeed(known.filter((column) => column !== null)) : fail(mistakes)
}

function invitationOf(header: readonly Column[], record: readonly string[], redirectUrl: string): Invitation {
  const value = (column: Column): string | null => {
    const text = record[header.indexOf(column)] ?? ''
    return header.includes(column) && text !== '' ? text : null
  }
  return { mail: value('mail') ?? '', displayName: value('name'), redirectUrl: value('redirect') ?? redirectUrl, message: value('message'), language: value('language'), cc: value('cc') }
}

function mistakesOf({ line, invitation }: ListedInvitation): readonly ListMistake[] {
  return findMistakes(invitation).map(({ column, value, message }) => ({ line, column: columnNames.find((name) => columns[name] === column) ?? column, value, message: value === '' ? 'is missing' : message }))
}

function findRepeated(listed: readonly ListedInvitation[]): readonly ListMistake[] {
  const first = new Map<string, number>()
  return listed.flatMap(({ line, invitation: { mail } }) => {
    const key = mail.toLowerCase()
    const before = first.get(key)
    if (before === undefined) first.set(key, line)
    return before === undefined || mail === '' ? [] : [{ line, column: 'mail', value: mail, message: `is in line ${before} already` }]
  })
}

/** `info.lines` is the last line of a record: quoted texts may span several. */
function firstLine(record: readonly string[], { lines }: Info): number {
  return lines - record.reduce((breaks, field) => breaks + (field.match(/\r\n|\r|\n/g)?.length ?? 0), 0)
}
