import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { StoreOptions, StoreReader, StoreWriter } from '../store.ts'
import { answerFor } from './answer.ts'
import { createFileIfMissing, openForJournal, openForReading, openForWriting } from './connection.ts'
import { openingProblem } from './failures.ts'
import type { StoreVersion } from './migrate.ts'
import { migrate, versionOf } from './migrate.ts'
import { migrations } from './migrations/migrations.ts'
import { createStoreReader } from './storeReader.ts'
import { createStoreWriter } from './storeWriter.ts'

/** `folder` is the workspace folder. */
export function storeFile(folder: string): string {
  return join(folder, 'store.sqlite')
}

/**
 * Opens the store for reading, beside a writer or without one. Problems: `notFoundInWorkspace` where nothing was stored
 * yet or a writer must bring the store up to date first, `storeNewer`, `storeDamaged`. A reader takes the index of the
 * metaverse as the last writer left it, whatever the options say.
 */
export async function openStoreReader(folder: string, _options: StoreOptions): Promise<Result<StoreReader, Problem>> {
  const file = storeFile(folder)
  const version = inspect(file)
  if ('message' in version) return fail(version)
  if (version.kind !== 'current') return fail(version.kind === 'empty' ? nothingStored(file) : older(file, version.version))
  return attempt(file, () => createStoreReader(openForReading(file), answerFor(file)))
}

/**
 * Opens the store for writing and makes or migrates it where needed. The caller holds the workspace's lock
 * (`acquireWriter`). Problems: `storeNewer` and `storeDamaged` (the file is left as it is), `locked`.
 *
 * Opening reads the header and the schema, not every page: damage further inside shows when it is read, as a rejected
 * `StoreError`. `integrity()` looks at everything.
 */
export async function openStoreWriter(folder: string, options: StoreOptions): Promise<Result<StoreWriter, Problem>> {
  const file = storeFile(folder)
  const version = inspect(file)
  if ('message' in version) return fail(version)
  return attempt(file, () => connectWriter(file, options))
}

function connectWriter(file: string, options: StoreOptions): StoreWriter {
  const opened: DatabaseSync[] = []
  const keep = (database: DatabaseSync): DatabaseSync => {
    opened.push(database)
    return database
  }
  try {
    createFileIfMissing(file)
    const bulk = keep(openForWriting(file))
    migrate(bulk, file, migrations)
    return createStoreWriter({ bulk, durable: keep(openForJournal(file)) }, options, answerFor(file))
  } catch (error) {
    for (const database of opened) database.close()
    throw error
  }
}

/** Looks at the file without the right to write, so that a store that is not ours to write stays as it is. */
function inspect(file: string): StoreVersion | Problem {
  if (!existsSync(file)) return { kind: 'empty' }
  const looked = attempt(file, () => {
    const database = openForReading(file)
    try {
      return versionOf(database, file, migrations)
    } finally {
      database.close()
    }
  })
  return looked.ok ? looked.value : looked.problem
}

function attempt<Value>(file: string, open: () => Value): Result<Value, Problem> {
  try {
    return succeed(open())
  } catch (error) {
    return fail(openingProblem(error, file))
  }
}

function nothingStored(file: string): Problem {
  return { kind: 'notFoundInWorkspace', message: `Nothing was imported into this workspace yet: there is no store ${file}.`, remedy: 'Run an import first.', detail: { file } }
}

function older(file: string, version: number): Problem {
  return {
    kind: 'notFoundInWorkspace',
    message: `The store ${file} is from an older Guestbridge (version ${version}) and was not brought up to date yet.`,
    remedy: 'Start a run or an import: it brings the store up to date and keeps a copy of the old one.',
    detail: { file, version },
  }
}
