import { PresenceFilter } from 'ldapts'
import { valuesOf } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject, DomainName } from '../../../shared/domain/connectorObject.ts'
import type { Dn, ObjectGuid } from '../../../shared/domain/ids.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DeltaPage, DeltaRequest, DirectoryReader, ImportPage, ImportRequest } from '../connector.ts'
import { alwaysReadAttributes, defaultPageSize } from './directoryConnection.ts'
import type { DirectoryConnection } from './directoryConnection.ts'
import { DirectoryLink } from './directoryLink.ts'
import { DirectorySchema } from './directorySchema.ts'
import { findDeletedAccounts, readRecycleBin, readsDeletedObjects } from './deletedObjects.ts'
import { describeEntry } from './entries.ts'
import { systemNameService } from './findGlobalCatalogs.ts'
import { Forest } from './forest.ts'
import { identifyDomain } from './identify.ts'
import { importChanges, importUsers } from './importUsers.ts'
import { anyObject, findObjectsByValue, isAbsent, readOne } from './readObjects.ts'
import { searchInPages, searchOnce } from './search.ts'

/** Reads one domain over LDAP. Connects when it is first asked; after a lost connection the next call connects anew. */
export function createDirectoryReader(connection: DirectoryConnection): DirectoryReader {
  const reader = new Reader(connection)
  return {
    connector: 'ad',
    identify: (signal) => identifyDomain(reader.link, reader.schema, signal),
    importAll: (request) => reader.importAll(request),
    importDelta: (request) => reader.importDelta(request),
    readSchema: (attributes, signal) => reader.schema.read(attributes, signal),
    importNames: (signal) => reader.importNames(signal),
    readObject: (target, attributes, signal) => reader.readObject(target, attributes, signal),
    findByValue: (attribute, value, signal) => reader.findByValue(attribute, value, signal),
    findDeleted: (anchors, signal) => findDeletedAccounts(reader.link, anchors, signal),
    isRecycleBinOn: (signal) => readRecycleBin(reader.link, signal),
    findInForest: (attribute, values, signal) => reader.forest.find(attribute, values, signal),
    seesDeletions: (signal) => readsDeletedObjects(reader.link, signal),
    mayCreateUsersIn: (ou, signal) => reader.mayCreateUsersIn(ou, signal),
    close: () => reader.close(),
  }
}

class Reader {
  readonly link: DirectoryLink
  readonly schema: DirectorySchema
  readonly forest: Forest

  constructor(connection: DirectoryConnection) {
    this.link = new DirectoryLink(connection, 'anyController')
    this.schema = new DirectorySchema(this.link)
    this.forest = new Forest(this.link, systemNameService())
  }

  async close(): Promise<void> {
    await Promise.all([this.link.close(), this.forest.close()])
  }

  importAll({ attributes, signal }: ImportRequest): AsyncIterable<Result<ImportPage, Problem>> {
    return importUsers(this.link, this.schema, this.#withAlwaysRead(attributes), signal)
  }

  importDelta(request: DeltaRequest): AsyncIterable<Result<DeltaPage, Problem>> {
    return importChanges(this.link, this.schema, { ...request, attributes: this.#withAlwaysRead(request.attributes) })
  }

  async *importNames(signal: AbortSignal): AsyncGenerator<Result<{ readonly names: readonly DomainName[]; readonly isLast: boolean }, Problem>> {
    const [signedIn, known] = [await this.link.signIn(signal), await this.schema.read(['sAMAccountName', 'objectGUID'], signal)]
    if (!signedIn.ok) return yield signedIn
    if (!known.ok) return yield known
    const search = { base: signedIn.value.root.domainDn, scope: 'sub' as const, filter: new PresenceFilter({ attribute: 'sAMAccountName' }), attributes: ['sAMAccountName', 'objectGUID'] }
    for await (const page of searchInPages(this.link, [search], this.#pageSize, 'Importing the account names of the domain', signal)) {
      if (!page.ok) return yield page
      const names = describeNames(page.value.entries.map((entry) => describeEntry(entry, known.value)))
      if (!names.ok) return yield names
      yield succeed({ names: names.value, isLast: page.value.isLast })
    }
  }

  readObject(target: ObjectGuid | Dn, attributes: readonly string[], signal: AbortSignal): Promise<Result<ConnectorObject | null, Problem>> {
    return readOne(this.link, this.schema, target, this.#withAlwaysRead(attributes), signal)
  }

  findByValue(attribute: string, value: string, signal: AbortSignal): Promise<Result<readonly ConnectorObject[], Problem>> {
    return findObjectsByValue(this.link, this.schema, { attribute, value }, this.#withAlwaysRead([]), signal)
  }

  async mayCreateUsersIn(ou: Dn, signal: AbortSignal): Promise<Result<boolean | null, Problem>> {
    const attributes = ['allowedChildClassesEffective']
    const found = await searchOnce(this.link, { base: ou, scope: 'base', filter: anyObject, attributes }, `Reading the rights on ${ou}`, signal)
    if (!found.ok) return isAbsent(found.problem) ? succeed(null) : found
    const [entry] = found.value
    if (entry === undefined) return succeed(null)
    // The attribute is constructed for whoever asks (MS-ADTS 3.1.1.4.5.5) and missing where nothing may be created.
    const classes = entry.attributes.flatMap(({ parsedBuffers }) => parsedBuffers.map((bytes) => bytes.toString('utf8').toLowerCase()))
    return succeed(classes.includes('user'))
  }

  get #pageSize(): number {
    return this.link.connection.pageSize ?? defaultPageSize
  }

  #withAlwaysRead(attributes: readonly string[]): readonly string[] {
    return [...alwaysReadAttributes, ...(this.link.connection.alwaysRead ?? []), ...attributes]
  }
}

/** A name that cannot be read would pass for a free one: then the answer as a whole is a problem. */
function describeNames(described: readonly Result<ConnectorObject, ObjectProblem>[]): Result<readonly DomainName[], Problem> {
  const names: DomainName[] = []
  for (const result of described) {
    if (!result.ok) return fail(result.problem)
    const { anchor, attributes, dn } = result.value
    for (const accountName of valuesOf(attributes, 'sAMAccountName')) names.push({ accountName: String(accountName), dn: dn ?? '', anchor })
  }
  return succeed(names)
}
