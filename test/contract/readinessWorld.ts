import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDirectoryInspector } from '../../src/main/connectors/ad/readiness/directoryInspector.ts'
import { createDirectoryReader } from '../../src/main/connectors/ad/directoryReader.ts'
import { createDirectoryWriter } from '../../src/main/connectors/ad/directoryWriter.ts'
import type { DirectoryConnection } from '../../src/main/connectors/ad/directoryConnection.ts'
import { domainChecks } from '../../src/main/readiness/domainChecks.ts'
import type { DomainSettings } from '../../src/main/readiness/domain/domainWorld.ts'
import type { TrialTarget } from '../../src/main/readiness/domain/trialAccount.ts'
import { rememberAnswers } from '../../src/main/readiness/rememberAnswers.ts'
import { bindChecks } from '../../src/main/readiness/runChecks.ts'
import { openStoreWriter } from '../../src/main/store/sqlite/openStore.ts'
import type { ReadinessFinding } from '../../src/shared/domain/readiness.ts'
import { succeed } from '../../src/shared/domain/result.ts'
import { calm, connectionTo, dn, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'

/** What the shipped rules write after an account was made, and use at all. */
const writtenAttributes = ['userPrincipalName', 'displayName', 'sn', 'givenName', 'mail', 'employeeType', 'adminDescription']

export type Circumstances = { readonly connection?: Partial<DirectoryConnection>; readonly settings?: Partial<DomainSettings>; readonly trial?: string; readonly targetFor?: (target: TrialTarget) => TrialTarget; readonly signal?: AbortSignal }

export function settingsFor(directory: DirectoryUnderTest, changes: Partial<DomainSettings> = {}): DomainSettings {
  const guestOu = changes.guestOu ?? dn(directory.guestOu)
  return {
    account: directory.sync.account, guestOu, managedOus: [guestOu], leaverOu: null, deletesLeavers: false, renames: false,
    writtenAttributes, usedAttributes: [...writtenAttributes, 'sAMAccountName', 'userAccountControl', 'unicodePwd', 'objectSid', 'cn', 'dn'], ...changes,
  }
}

/** One check of the domain, made over the real protocol with a new workspace's empty store. */
export async function examine(directory: DirectoryUnderTest, id: string, { connection = {}, settings = {}, trial, targetFor = (target) => target, signal = calm }: Circumstances = {}): Promise<ReadinessFinding> {
  const reached = connectionTo(directory, { globalCatalogs: directory.globalCatalogPort === null ? [] : [{ host: directory.host, port: directory.globalCatalogPort }], ...connection })
  const [inspector, reader, writer] = [createDirectoryInspector(reached), createDirectoryReader(reached), createDirectoryWriter(reached)]
  const folder = await mkdtemp(join(tmpdir(), 'guestbridge-readiness-'))
  const store = valueOf(await openStoreWriter(folder, { metaverseIndex: [] }))
  try {
    const world = {
      settings: { ...settingsFor(directory, settings), account: reached.account }, inspector: rememberAnswers(inspector), reader: async () => succeed(reader), store, now: Date.now(),
      probe: trial === undefined ? null : { name: trial, target: async () => succeed(targetFor({ reader, writer })) },
    }
    const check = bindChecks(domainChecks, world).find((each) => each.id === id)
    if (check === undefined) throw new Error(`There is no check ${id}`)
    return await check.find(signal)
  } finally {
    await Promise.all([inspector.close(), reader.close(), writer.close(), store.close()])
    await rm(folder, { recursive: true, force: true })
  }
}
