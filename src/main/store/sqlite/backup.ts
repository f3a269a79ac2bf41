import { existsSync, rmSync } from 'node:fs'
import { backup } from 'node:sqlite'
import type { DatabaseSync } from 'node:sqlite'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { textIn } from './columns.ts'
import { createFileIfMissing } from './connection.ts'
import { damageIn, openingProblem } from './failures.ts'

/** Page by page beside readers and the writer (https://www.sqlite.org/backup.html); an unfinished copy is removed. */
export async function backupStore(database: DatabaseSync, toFile: string): Promise<Result<null, Problem>> {
  if (existsSync(toFile)) return fail(fileExists(toFile))
  createFileIfMissing(toFile)
  try {
    await backup(database, toFile)
    return succeed(null)
  } catch (error) {
    rmSync(toFile, { force: true })
    return fail(openingProblem(error, toFile))
  }
}

/** A damage so bad that it stops the check is a finding too. */
export function checkIntegrity(database: DatabaseSync): readonly string[] {
  try {
    const findings = database.prepare('PRAGMA quick_check').all().map((row) => textIn(row, 'quick_check'))
    return findings.filter((finding) => finding !== 'ok')
  } catch (error) {
    const damage = damageIn(error)
    if (damage === null) throw error
    return [damage]
  }
}

function fileExists(file: string): Problem {
  return { kind: 'usage', message: `The backup ${file} exists already.`, remedy: 'Name a file that does not exist yet.', detail: { file } }
}
