import type { SearchEntry } from 'ldapts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Schema } from '../../../shared/domain/attributes.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DeltaPage, DeltaRequest, ImportPage } from '../connector.ts'
import type { Conversation } from './conversation.ts'
import { keepToSession } from './conversation.ts'
import { defaultPageSize } from './directoryConnection.ts'
import type { DirectorySchema } from './directorySchema.ts'
import { isRefused } from './dirSync.ts'
import { importDelta } from './importDelta.ts'
import { outermost } from './managedOus.ts'
import { describeWhole } from './readObjects.ts'
import { searchInPages } from './search.ts'
import { continueFrom, takeWatermark } from './takeWatermark.ts'
import { usersOnly } from './userFilters.ts'
import { writeWatermark } from './watermark.ts'

/** Every user of the managed OUs. The watermark is taken first, so that what changes during the reading comes again with the next delta. */
export async function* importUsers(link: Conversation, schema: DirectorySchema, attributes: readonly string[], signal: AbortSignal): AsyncGenerator<Result<ImportPage, Problem>> {
  const prepared = await prepare(link, schema, attributes, signal)
  if (!prepared.ok) return yield prepared
  const { conversation, known } = prepared.value
  const taken = await takeWatermark(conversation, schema, known, signal)
  // Who may not be told where a delta would begin may still read everything.
  if (!taken.ok && !isRefused(taken.problem)) return yield taken
  const watermark = taken.ok && taken.value !== null ? writeWatermark(taken.value) : null
  const { managedOus, pageSize } = conversation.connection
  const names = Object.values(known).map(({ name }) => name)
  const searches = outermost(managedOus).map((base) => ({ base, scope: 'sub' as const, filter: usersOnly, attributes: names }))
  for await (const page of searchInPages(conversation, searches, pageSize ?? defaultPageSize, 'Importing users from Active Directory', signal)) {
    if (!page.ok) return yield page
    const described = await describeAll(page.value.entries, (entry) => describeWhole(conversation, entry, known, signal))
    if (!described.ok) return yield described
    const { isLast } = page.value
    yield succeed({ ...described.value, total: null, isLast, watermark: isLast ? watermark : null })
  }
}

export async function* importChanges(link: Conversation, schema: DirectorySchema, request: DeltaRequest): AsyncGenerator<Result<DeltaPage, Problem>> {
  const prepared = await prepare(link, schema, request.attributes, request.signal)
  if (!prepared.ok) return yield prepared
  const { conversation, known, domainDn } = prepared.value
  const span = await continueFrom(conversation, schema, known, request)
  if (!span.ok) return yield span
  yield* importDelta({ conversation, schema: known, domainDn, ...span.value }, request)
}

type Prepared = { readonly conversation: Conversation; readonly known: Schema; readonly domainDn: Dn }

async function prepare(link: Conversation, schema: DirectorySchema, attributes: readonly string[], signal: AbortSignal): Promise<Result<Prepared, Problem>> {
  if (link.connection.managedOus.length === 0) return fail(nothingManaged)
  const known = await schema.read(attributes, signal)
  if (!known.ok) return known
  const signedIn = await link.signIn(signal)
  if (!signedIn.ok) return signedIn
  return succeed({ conversation: keepToSession(link, signedIn.value), known: known.value, domainDn: signedIn.value.root.domainDn })
}

const nothingManaged: Problem = {
  kind: 'configurationInvalid', message: 'Importing users from Active Directory failed: no OU is managed.', remedy: 'Name the OU of the guest accounts in the configuration.',
}

type Described = Result<ConnectorObject, Problem | ObjectProblem>

async function describeAll(entries: readonly SearchEntry[], describe: (entry: SearchEntry) => Promise<Described>): Promise<Result<Pick<ImportPage, 'objects' | 'problems'>, Problem>> {
  const objects: ConnectorObject[] = []
  const problems: ObjectProblem[] = []
  for (const entry of entries) {
    const described = await describe(entry)
    if (described.ok) objects.push(described.value)
    else if ('object' in described.problem) problems.push(described.problem)
    else return fail(described.problem)
  }
  return succeed({ objects, problems })
}
