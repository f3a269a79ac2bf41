import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeAbsences } from '../src/main/store/sqlite/absences.ts'
import { writeAwaiting } from '../src/main/store/sqlite/awaitingConfirmation.ts'
import { openForWriting } from '../src/main/store/sqlite/connection.ts'
import { readConnectorChanges } from '../src/main/store/sqlite/connectorChanges.ts'
import { readConnectorSpace } from '../src/main/store/sqlite/connectorSpace.ts'
import { applyDeltaImport } from '../src/main/store/sqlite/deltaImport.ts'
import { writeLinks } from '../src/main/store/sqlite/links.ts'
import { writeMetaverseIndex } from '../src/main/store/sqlite/metaverseIndex.ts'
import { writeMetaverseText } from '../src/main/store/sqlite/metaverseText.ts'
import { writeMetaverseVersions } from '../src/main/store/sqlite/metaverseVersions.ts'
import { migrate } from '../src/main/store/sqlite/migrate.ts'
import { migrations } from '../src/main/store/sqlite/migrations/migrations.ts'
import { readMissingGuests } from '../src/main/store/sqlite/missingGuests.ts'
import { writeNames } from '../src/main/store/sqlite/names.ts'
import { writeObjectVersions } from '../src/main/store/sqlite/objectVersions.ts'
import { writeRunObjects } from '../src/main/store/sqlite/runObjects.ts'
import { writeRuns } from '../src/main/store/sqlite/runs.ts'
import { writeStaging } from '../src/main/store/sqlite/staging.ts'
import { writeWatermarks } from '../src/main/store/sqlite/watermarks.ts'
import { writePending } from '../src/main/store/sqlite/writePending.ts'
import type { DeltaStage } from '../src/main/store/store.ts'
import type { MetaverseObject } from '../src/shared/domain/metaverse.ts'
import { compare } from './compare.ts'

const folder = mkdtempSync(join(tmpdir(), 'guestbridge-bench-'))
const changes = 100
const [large, small] = [openWorld(100_000), openWorld(1_000)]

compare({
  name: 'Delta in the store, by size',
  measures: '100 changed guests among 100,000: staged, applied, found as changed, written to the metaverse, their pending exports replaced',
  against: 'the same 100 changed guests among 1,000',
  measured: () => large.change(),
  reference: () => small.change(),
})
large.close()
small.close()
rmSync(folder, { recursive: true })

function openWorld(size: number) {
  const database = openForWriting(join(folder, `${size}.sqlite`))
  migrate(database, join(folder, `${size}.sqlite`), migrations)
  const [staging, runs, pending] = [writeStaging(database), writeRuns(database), writePending(database)]
  const apply = applyDeltaImport(database, {
    objects: writeObjectVersions(database), names: writeNames(database), absences: writeAbsences(database), awaiting: writeAwaiting(database),
    noteObjects: writeRunObjects(database), noteProblems: runs.noteProblems, setWatermark: writeWatermarks(database), dropStaging: staging.dropRun,
  })
  const metaverse = writeMetaverseVersions(database, writeLinks(database), writeMetaverseIndex(database, ['uid', 'userPrincipalName']), writeMetaverseText(database))
  const [connectorSpace, changedSince, missingGuests] = [readConnectorSpace(database), readConnectorChanges(database), readMissingGuests(database)]
  const begin = (step: 'deltaImport' | 'deltaSync') => runs.begin({ profile: 'bench', step, connector: null, startedAt: '2026-01-01T00:00:00Z' })
  let round = 0
  const bring = (numbers: readonly number[], stage: (number: number) => DeltaStage): unknown => {
    const imported = begin('deltaImport')
    staging.delta(imported, 'entra', numbers.map(stage))
    apply(imported, 'entra', {})
    const found = changedSince('entra', imported - 1, null, numbers.length)
    const rows = [connectorSpace.rows('entra', found), connectorSpace.unlinked('entra', null, 100), missingGuests(null, 100)]
    const persons = numbers.map((number) => personOf(number, round))
    connectorSpace.byUserPrincipalName('entra', persons.map((_, index) => userPrincipalNameOf(numbers[index] ?? 0)))
    const synchronized = begin('deltaSync')
    metaverse.writeBatch(synchronized, { upserts: persons, deletes: [], links: [], disconnectors: [] })
    pending.beginFor(synchronized, persons.map(({ id }) => id))
    pending.add(synchronized, [], persons.map(({ id }) => ({ metaverseId: id, reason: { kind: 'unchanged' } })))
    pending.commit(synchronized)
    return rows
  }
  for (let first = 0; first < size; first += 1_000) {
    bring(Array.from({ length: 1_000 }, (_, index) => first + index), (number) => ({ kind: 'replaced', object: { connector: 'entra', anchor: anchorOf(number), objectType: 'user', dn: null, attributes: attributesOf(number, 0) } }))
  }
  return {
    change(): unknown {
      round += 1
      const numbers = Array.from({ length: changes }, (_, index) => (index * 7_919 + round * 13) % size)
      return bring([...new Set(numbers)], (number) => ({ kind: 'changed', anchor: anchorOf(number), dn: null, attributes: { displayName: [`Guest ${number}, change ${round}`] } }))
    },
    close: () => database.close(),
  }
}

function attributesOf(number: number, round: number) {
  return { displayName: [`Guest ${number}, change ${round}`], userPrincipalName: [userPrincipalNameOf(number)], mail: [`guest.${number}@partner.example`], userType: ['Guest'] }
}

function personOf(number: number, round: number): MetaverseObject {
  const contributed = Object.entries(attributesOf(number, round)).map(([name, values]) => {
    const winner = { connector: 'entra' as const, anchor: anchorOf(number), rule: 'Guests in', source: name, values }
    return [name, { values, winner, losers: [] }]
  })
  const link = { connector: 'entra' as const, anchor: anchorOf(number), origin: { kind: 'projected' as const, rule: 'Guests in' } }
  return { id: `entra:${anchorOf(number)}`, objectType: 'person', attributes: Object.fromEntries(contributed), links: [link] }
}

/** In no order, as a tenant gives them. */
function anchorOf(number: number): string {
  return `${((number * 48_271 + 11) % 2_147_483_647).toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

function userPrincipalNameOf(number: number): string {
  return `guest.${number}_partner.example#EXT#@contoso.onmicrosoft.com`
}
