import { EqualityFilter, OrFilter } from 'ldapts'
import type { SearchEntry } from 'ldapts'
import type { Reading } from '../../../../shared/domain/delegation.ts'
import { sidFromBytes, sidToBytes } from '../../../../shared/domain/ids.ts'
import type { Sid } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import { readDomainSid } from '../identify.ts'
import { textIn } from '../rootDse.ts'
import type { ForestEntries } from './forestSearch.ts'
import { searchForest } from './forestSearch.ts'
import type { Places } from './spnOwners.ts'
import { wellKnownSids } from './wellKnownSids.ts'

export type SidName = Reading<{ readonly name: string; readonly sid: Sid } | null>

/** Names by sAMAccountName. Null only where the SID is of a domain that answered: what another forest calls it, only Windows could tell. */
export async function nameSids(places: Places, sids: readonly Sid[], signal: AbortSignal): Promise<Result<ReadonlyMap<Sid, SidName>, Problem>> {
  const names = new Map<Sid, SidName>()
  const unknown = [...new Set(sids)].filter((sid) => {
    const name = wellKnownSids[sid]
    if (name !== undefined) names.set(sid, { kind: 'read', value: { name, sid } })
    return name === undefined
  })
  if (unknown.length === 0) return succeed(names)
  const signedIn = await places.link.signIn(signal)
  if (!signedIn.ok) return signedIn
  const domainSid = await readDomainSid(places.link, places.schema, signedIn.value.root.domainDn, signal)
  if (!domainSid.ok) return domainSid
  for (let start = 0; start < unknown.length; start += sidsPerSearch) {
    const batch = unknown.slice(start, start + sidsPerSearch)
    const found = await findBySid(places, [...batch, ...batch.map(domainOf)], signal)
    if (!found.ok && found.problem.kind === 'cancelled') return fail(found.problem)
    for (const sid of batch) names.set(sid, found.ok ? nameOf(sid, domainSid.value, found.value) : { kind: 'notRead', why: found.problem.message })
  }
  return succeed(names)
}

const sidsPerSearch = 25

type Found = { readonly scope: ForestEntries['scope']; readonly entries: ReadonlyMap<Sid, SearchEntry> }

/** Octets, not an escaped filter: text would be read as UTF-8 on the way. */
async function findBySid({ link, forest }: Places, sids: readonly Sid[], signal: AbortSignal): Promise<Result<Found, Problem>> {
  const filters = [...new Set(sids)].map((sid) => new EqualityFilter({ attribute: 'objectSid', value: Buffer.from(sidToBytes(sid)) }))
  const found = await searchForest(link, forest, new OrFilter({ filters }), ['objectSid', 'sAMAccountName', 'name', 'objectClass'], signal)
  if (!found.ok) return found
  const entries = found.value.entries.flatMap((entry): readonly (readonly [Sid, SearchEntry])[] => {
    const octets = entry.attributes.find(({ type }) => type.toLowerCase() === 'objectsid')?.parsedBuffers[0]
    const sid = sidFromBytes(octets ?? new Uint8Array(0))
    return sid.ok ? [[sid.value, entry]] : []
  })
  return succeed({ scope: found.value.scope, entries: new Map(entries) })
}

function nameOf(sid: Sid, domainSid: Sid, { scope, entries }: Found): SidName {
  const entry = entries.get(sid)
  const name = entry === undefined ? '' : textIn(entry, 'sAMAccountName')
  if (name !== '') return { kind: 'read', value: { name, sid } }
  // The domain itself was found, or is the one that was asked: then nobody in it has the SID.
  const domain = domainOf(sid)
  if (domain === domainSid || entries.has(domain)) return { kind: 'read', value: null }
  if (entry !== undefined) return { kind: 'notRead', why: `${sid} is of another forest, which alone knows its name.` }
  const why = scope === 'forest' ? `${sid} is of no domain of this forest.` : `${sid} is of another domain, and no global catalog answered.`
  return { kind: 'notRead', why }
}

/** S-1-5-21-a-b-c-1105 → S-1-5-21-a-b-c. */
function domainOf(sid: Sid): Sid {
  const bytes = sidToBytes(sid)
  const shorter = bytes.slice(0, -4)
  shorter[1] = (bytes[1] ?? 1) - 1
  const domain = sidFromBytes(shorter)
  return domain.ok ? domain.value : sid
}
