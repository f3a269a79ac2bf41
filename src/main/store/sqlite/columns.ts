import type { SQLOutputValue } from 'node:sqlite'
import { storeBug } from '../storeError.ts'

/** A row as the database gives it. */
export type Columns = Readonly<Record<string, SQLOutputValue>>

export function textIn(row: Columns, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`Column ${column} holds ${typeof value} instead of text`)
  return value
}

export function textOrNullIn(row: Columns, column: string): string | null {
  return row[column] === null ? null : textIn(row, column)
}

export function integerIn(row: Columns, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`Column ${column} holds ${typeof value} instead of a number`)
  return value
}

/** For lists in a statement: `IN (SELECT value FROM json_each(?))` takes any number of them in one prepared statement. */
export function listParameter(values: Iterable<string>): string {
  return JSON.stringify([...values])
}

/** Instants are compared as numbers: ISO 8601 texts of different precision do not sort. */
export function millisecondsOf(instant: string): number {
  const milliseconds = Date.parse(instant)
  if (Number.isNaN(milliseconds)) throw storeBug(`"${instant}" is not an instant in ISO 8601.`)
  return milliseconds
}
