import type { DatabaseSync } from 'node:sqlite'
import { textIn } from './columns.ts'

export function readWatermarks(database: DatabaseSync) {
  const byName = database.prepare('SELECT value FROM watermark WHERE name = ?')
  return (name: string): string | null => {
    const row = byName.get(name)
    return row === undefined ? null : textIn(row, 'value')
  }
}

export function writeWatermarks(database: DatabaseSync) {
  const put = database.prepare('INSERT INTO watermark VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
  return (name: string, value: string): void => {
    put.run(name, value)
  }
}
