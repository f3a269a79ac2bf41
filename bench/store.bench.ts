import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { writeAbsences } from '../src/main/store/sqlite/absences.ts'
import { writeAwaiting } from '../src/main/store/sqlite/awaitingConfirmation.ts'
import { openForWriting } from '../src/main/store/sqlite/connection.ts'
import { applyFullImport } from '../src/main/store/sqlite/fullImport.ts'
import { migrate } from '../src/main/store/sqlite/migrate.ts'
import { migrations } from '../src/main/store/sqlite/migrations/migrations.ts'
import { writeNames } from '../src/main/store/sqlite/names.ts'
import { writeRuns } from '../src/main/store/sqlite/runs.ts'
import { writeStaging } from '../src/main/store/sqlite/staging.ts'
import { writeWatermarks } from '../src/main/store/sqlite/watermarks.ts'
import type { ConnectorObject } from '../src/shared/domain/connectorObject.ts'
import { compare } from './compare.ts'

const pageSize = 999
const objects = Array.from({ length: 10_000 }, (_, index) => sampleGuest(index))

compare({
  name: 'Full import into the store',
  measures: 'a first full import of 10,000 guests of 600 bytes: staged page by page, compared, applied in one transaction',
  against: 'a bare insert of the same objects as JSON into one table, in one transaction',
  measured: () => inNewFile(importIntoStore),
  reference: () => inNewFile(insertBare),
})

function importIntoStore(file: string): unknown {
  const database = openForWriting(file)
  migrate(database, file, migrations)
  const staging = writeStaging(database)
  const apply = applyFullImport(database, {
    replaceNames: writeNames(database).replace, setWatermark: writeWatermarks(database), confirmShown: writeAwaiting(database).confirmShown,
    forgetAbsences: writeAbsences(database).forgetPresent, dropStaging: staging.dropRun,
  })
  const run = writeRuns(database).begin({ profile: 'bench', step: 'fullImport', connector: 'entra', startedAt: '2026-01-01T00:00:00Z' })
  for (let first = 0; first < objects.length; first += pageSize) staging.page(run, objects.slice(first, first + pageSize))
  const counters = apply(run, 'entra', {})
  database.close()
  return counters
}

function insertBare(file: string): unknown {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE object (anchor TEXT PRIMARY KEY, content TEXT NOT NULL)')
  const insert = database.prepare('INSERT INTO object VALUES (?, ?)')
  database.exec('BEGIN')
  for (const object of objects) insert.run(object.anchor, JSON.stringify(object.attributes))
  database.exec('COMMIT')
  database.close()
  return objects.length
}

function inNewFile(work: (file: string) => unknown): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'guestbridge-bench-'))
  try {
    return work(join(folder, 'store.sqlite'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Anchors in no order, as a tenant gives them: the digits are those of a linear congruential sequence. */
function sampleGuest(index: number): ConnectorObject {
  const digits = ((index * 48_271 + 11) % 2_147_483_647).toString(16).padStart(8, '0')
  const anchor = `${digits}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`
  const name = `Guest ${index} ${'of a partner company '.repeat(4)}`
  return {
    connector: 'entra', anchor, objectType: 'user', dn: null,
    attributes: {
      id: [anchor], displayName: [name], givenName: [`Guest ${index}`], surname: [name], userType: ['Guest'], accountEnabled: [true],
      mail: [`guest.${index}@partner-company.example`], userPrincipalName: [`guest.${index}_partner-company.example#EXT#@contoso.onmicrosoft.com`],
      otherMails: [`guest.${index}@partner-company.example`, `guest.${index}@mail.partner-company.example`], externalUserState: ['Accepted'],
    },
  }
}
