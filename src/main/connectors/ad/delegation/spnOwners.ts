import { EqualityFilter } from 'ldapts'
import type { SearchEntry } from 'ldapts'
import type { PrincipalFacts, Reading, SpnOwner } from '../../../../shared/domain/delegation.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { Conversation } from '../conversation.ts'
import type { DirectorySchema } from '../directorySchema.ts'
import { dnsNameOf } from '../dnsNameOf.ts'
import { describeEntry } from '../entries.ts'
import { cancelled } from '../errors.ts'
import type { Forest } from '../forest.ts'
import { readDirectoryService, readOtherDomains } from './directoryService.ts'
import { searchForest } from './forestSearch.ts'
import type { ConstructedFacts } from './principals.ts'
import { describePrincipal, readPrincipal, storedAttributes } from './principals.ts'
import { readingOf } from './readingOf.ts'
import { aliasOf, parseSpnMappings } from './spnMappings.ts'

/** Where owners are looked for. */
export type Places = { readonly link: Conversation; readonly schema: DirectorySchema; readonly forest: Forest }

/**
 * Who owns each SPN. The HOST alias is asked only where nobody holds the SPN itself, as a controller does (MS-ADTS 5.1.1.1.2): an explicit
 * registration on the pool's account beside HOST/ on the computer is the usual case, not a second owner.
 */
export async function findSpnOwners(places: Places, spns: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, Reading<readonly SpnOwner[]>>, Problem>> {
  const service = await readDirectoryService(places.link, ['sPNMappings'], signal)
  const mappings = service.ok ? parseSpnMappings(service.value.texts('sPNMappings')) : null
  const owners = new Map<string, Reading<readonly SpnOwner[]>>()
  const others = await readOtherDomains(places.link, signal)
  for (const spn of new Set(spns)) {
    const explicit = await findHolders(places, { spn, by: 'explicit', others }, signal)
    const alias = mappings === null ? null : aliasOf(spn, mappings)
    const isHeld = explicit.ok && explicit.value.length > 0
    if (!explicit.ok || isHeld) owners.set(spn, readingOf(explicit))
    else if (mappings === null) owners.set(spn, { kind: 'notRead', why: `Nobody holds ${spn} itself, and whether HOST/ stands for it could not be read (sPNMappings).` })
    else owners.set(spn, alias === null ? { kind: 'read', value: [] } : readingOf(await findHolders(places, { spn: alias, by: 'alias', others }, signal)))
    if (signal.aborted) return fail(cancelled('Looking for the owners of service principal names'))
  }
  return succeed(owners)
}

/** `others`: the forest's domains but our own. */
type Sought = { readonly spn: string; readonly by: SpnOwner['by']; readonly others: Result<readonly string[], Problem> }

async function findHolders(places: Places, { spn, by, others }: Sought, signal: AbortSignal): Promise<Result<readonly SpnOwner[], Problem>> {
  const filter = new EqualityFilter({ attribute: 'servicePrincipalName', value: Buffer.from(spn, 'utf8') })
  const found = await searchForest(places.link, places.forest, filter, storedAttributes, signal)
  if (!found.ok) return found
  // Half an answer is none: an owner in another domain would be missed, and an entry that is in use be called stale (sync-semantics 18).
  if (found.value.scope === 'domain') {
    if (!others.ok) return others
    if (others.value.length > 0) return fail(catalogMissing(spn, others.value))
  }
  const owners: SpnOwner[] = []
  for (const entry of found.value.entries) {
    const account = await readHolder(places, entry, signal)
    if (!account.ok) return account
    if (account.value !== null) owners.push({ by, account: account.value })
  }
  return succeed(owners)
}

/** An account of our own domain is asked for on our controller, which knows it whole; of the others the catalog knows a part. */
async function readHolder({ link, schema }: Places, entry: SearchEntry, signal: AbortSignal): Promise<Result<PrincipalFacts | null, Problem>> {
  const [signedIn, known] = [await link.signIn(signal), await schema.read(storedAttributes, signal)]
  if (!signedIn.ok) return signedIn
  if (!known.ok) return known
  const object = describeEntry(entry, known.value)
  if (!object.ok) return object
  const { dn } = object.value
  const isOurs = dn !== null && dnsNameOf(dn).toLowerCase() === dnsNameOf(signedIn.value.root.domainDn).toLowerCase()
  if (isOurs) return readPrincipal(link, schema, dn, signal)
  const described = describePrincipal(object.value, elsewhere(dn === null ? 'another domain' : dnsNameOf(dn)))
  return described.ok && described.value !== null ? succeed({ ...described.value, readFrom: 'globalCatalog' }) : described
}

function catalogMissing(spn: string, others: readonly string[]): Problem {
  return {
    kind: 'limitedInformation', message: `No global catalog answered, and ${spn} may belong to an account of ${others.join(', ')}.`,
    remedy: 'Name a global catalog in `globalCatalogs` of workspace.json (ldaps://gc1.contoso.com:3269).',
  }
}

function elsewhere(domain: string): ConstructedFacts {
  const notRead = { kind: 'notRead', why: `The account is in ${domain}, of which only the global catalog was asked.` } as const
  return { computedControl: notRead, trust: notRead, tokenGroups: notRead, writableAttributes: notRead }
}
