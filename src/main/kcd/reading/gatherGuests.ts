import { setImmediate } from 'node:timers/promises'
import type { DomainFacts, GuestFacts, LoginMapping, PrincipalFacts, Reading } from '../../../shared/domain/delegation.ts'
import { textOf, firstValue } from '../../../shared/domain/attributes.ts'
import { parseObjectGuid } from '../../../shared/domain/ids.ts'
import type { PrincipalQuery } from '../../connectors/delegationPorts.ts'
import type { ConnectorRow } from '../../store/store.ts'
import { loginIdentitiesOf } from '../rules/loginIdentity.ts'
import { toReading, type DelegationSelection, type DelegationSources, type ReportReading } from './delegationSources.ts'

export type GatheredGuests = { readonly facts: readonly GuestFacts[]; readonly leftOut: number }

/** Each guest costs a handful of searches; what is beyond is said, not checked in silence. Guests that are asked for by name are all read. */
export const guestLimit = 200
const batchSize = 500
/** Guests read at the same time: enough to hide the way to the controller, few enough for it not to notice. */
const atOnce = 6

type JoinedGuest = { readonly row: ConnectorRow; /** objectGUID of the account that the metaverse joins to the guest. */ readonly account: string | null }

export async function gatherGuests(sources: DelegationSources, asked: DelegationSelection['guests'], domains: readonly DomainFacts[], report: ReportReading, signal: AbortSignal): Promise<GatheredGuests> {
  const { guests, leftOut } = asked === null ? await listWithAccount(sources, signal) : { guests: await joinAccounts(sources, await sources.store.connectorRows('entra', asked)), leftOut: 0 }
  const facts: GuestFacts[] = []
  for (let first = 0; first < guests.length && !signal.aborted; first += atOnce) {
    report('guests', first, guests.length)
    facts.push(...await Promise.all(guests.slice(first, first + atOnce).map((guest) => readGuest(sources, guest, domains, signal))))
  }
  return { facts, leftOut }
}

async function listWithAccount(sources: DelegationSources, signal: AbortSignal): Promise<{ readonly guests: readonly JoinedGuest[]; readonly leftOut: number }> {
  const guests: JoinedGuest[] = []
  let leftOut = 0
  let after: string | null = null
  while (!signal.aborted) {
    const rows: readonly ConnectorRow[] = await sources.store.connectorBatch('entra', after, batchSize)
    const joined = (await joinAccounts(sources, rows)).filter(({ account }) => account !== null)
    const room = guestLimit - guests.length
    guests.push(...joined.slice(0, room))
    leftOut += Math.max(0, joined.length - room)
    if (rows.length < batchSize) break
    after = rows.at(-1)?.object.anchor ?? null
    // The store answers without waiting; a cancel wants to be heard in between.
    await setImmediate()
  }
  return { guests, leftOut }
}

async function joinAccounts({ store }: DelegationSources, rows: readonly ConnectorRow[]): Promise<readonly JoinedGuest[]> {
  const persons = await store.metaverseObjects(rows.flatMap(({ metaverseId }) => metaverseId ?? []))
  const accounts = new Map(persons.map((person) => [person.id, person.links.find(({ connector }) => connector === 'ad')?.anchor ?? null]))
  return rows.map((row) => ({ row, account: row.metaverseId === null ? null : accounts.get(row.metaverseId) ?? null }))
}

async function readGuest(sources: DelegationSources, { row, account }: JoinedGuest, domains: readonly DomainFacts[], signal: AbortSignal): Promise<GuestFacts> {
  const { anchor, attributes } = row.object
  const text = (name: string): string | null => textOf(attributes, name)
  const guest = {
    entraId: anchor,
    displayName: text('displayName'),
    userPrincipalName: text('userPrincipalName') ?? '',
    mail: text('mail'),
    onPremisesUserPrincipalName: text('onPremisesUserPrincipalName'),
    onPremisesAccountName: text('onPremisesSamAccountName'),
    isEnabled: truthOf(firstValue(attributes, 'accountEnabled')),
    externalUserState: text('externalUserState'),
    isSynchronised: truthOf(firstValue(attributes, 'onPremisesSyncEnabled')),
  }
  const known = { ...guest, account: await readAccount(sources, account, signal) }
  return { ...known, found: await findIdentities(sources, known, domains, signal) }
}

function truthOf(value: string | number | boolean | null): boolean | null {
  return typeof value === 'boolean' ? value : null
}

async function readAccount({ accounts }: DelegationSources, anchor: string | null, signal: AbortSignal): Promise<GuestFacts['account']> {
  if (anchor === null) return { kind: 'read', value: null }
  const guid = parseObjectGuid(anchor)
  if (!guid.ok) return { kind: 'notRead', why: `${anchor} is no objectGUID` }
  const found = await accounts.findPrincipals({ by: 'anchor', anchor: guid.value }, signal)
  if (!found.ok) return { kind: 'notRead', why: found.problem.message }
  const [account] = found.value
  return account === undefined ? { kind: 'notRead', why: 'the account that the last import showed is not in the directory any more: run a cycle' } : { kind: 'read', value: account }
}

type Found = Reading<readonly PrincipalFacts[]>

/** One search an identity, however many mappings lead to it. Identities that nobody can have are not looked for. */
async function findIdentities(sources: DelegationSources, guest: Omit<GuestFacts, 'found'>, domains: readonly DomainFacts[], signal: AbortSignal): Promise<GuestFacts['found']> {
  const asked = new Map<string, Found>()
  const found: Partial<Record<LoginMapping, Found>> = {}
  for (const { mapping, identity, resolvesTo } of loginIdentitiesOf({ ...guest, found: {} })) {
    if (identity === null || resolvesTo !== 'notChecked') continue
    const queries = queriesFor(mapping, identity, domains)
    const key = JSON.stringify(queries).toLowerCase()
    const answer = asked.get(key) ?? await findAny(sources, queries, signal)
    asked.set(key, answer)
    found[mapping] = answer
  }
  return found
}

/** A KDC takes `name@domain` for a userPrincipalName, and for the account name of that domain too (MS-KILE 3.3.5.6.1). */
function queriesFor(mapping: LoginMapping, identity: string, domains: readonly DomainFacts[]): readonly PrincipalQuery[] {
  if (mapping !== 'userPrincipalName' && mapping !== 'onPremisesUserPrincipalName') return [{ by: 'accountName', accountName: identity }]
  const at = identity.lastIndexOf('@')
  const suffix = identity.slice(at + 1).toLowerCase()
  const isOfDomain = at > 0 && domains.some(({ dnsName, role }) => role !== 'resources' && dnsName.toLowerCase() === suffix)
  return [{ by: 'userPrincipalName', userPrincipalName: identity }, ...(isOfDomain ? [{ by: 'accountName', accountName: identity.slice(0, at) } as const] : [])]
}

async function findAny({ accounts }: DelegationSources, queries: readonly PrincipalQuery[], signal: AbortSignal): Promise<Found> {
  const found = new Map<string, PrincipalFacts>()
  for (const query of queries) {
    const answer = toReading(await accounts.findPrincipals(query, signal))
    if (answer.kind === 'notRead') return answer
    for (const account of answer.value) found.set(account.anchor, account)
  }
  return { kind: 'read', value: [...found.values()] }
}
