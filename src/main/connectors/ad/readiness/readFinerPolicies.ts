import { AndFilter, EqualityFilter, ExtensibleFilter, OrFilter, PresenceFilter } from 'ldapts'
import type { Filter, SearchEntry } from 'ldapts'
import { dnKey, parseDn, sameDn } from '../../../../shared/domain/dn.ts'
import { parseSid, sidToBytes } from '../../../../shared/domain/ids.ts'
import type { Dn, Sid } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import type { FinerPolicy, PolicyHolder } from '../../readinessPorts.ts'
import type { Conversation } from '../conversation.ts'
import { defaultPageSize } from '../directoryConnection.ts'
import { anyObject, isAbsent } from '../readObjects.ts'
import { textIn } from '../rootDse.ts'
import { searchInPages, searchOnce } from '../search.ts'
import { sidsIn } from './readOwnAccount.ts'

const doing = 'Looking which password policies hold for single groups and accounts'

/** The domain, and the OU in which accounts are made. */
export type AccountsPlace = { readonly domainDn: Dn; readonly domainSid: Sid; readonly ou: Dn }

/**
 * Password settings objects that hold for accounts of the OU. Whom they apply to stands on groups and accounts themselves (msDS-PSOApplied), where
 * every account may read it; which of several wins is computed by the server (msDS-ResultantPSO, MS-ADTS 3.1.1.4.5.36). What a policy asks for stands
 * in the object, and only administrators may read that by default.
 */
export async function readFinerPolicies(conversation: Conversation, place: AccountsPlace, signal: AbortSignal): Promise<Result<readonly FinerPolicy[], Problem>> {
  const groups = await findAll(conversation, place.domainDn, both(isClass('group'), isSubject), ['msDS-PSOApplied', 'groupType', 'objectSid'], signal)
  if (!groups.ok) return groups
  const [ofAll, ofSome]: [SearchEntry[], SearchEntry[]] = [[], []]
  for (const group of groups.value) {
    const holds = await holdsNewAccounts(conversation, place, group, signal)
    if (!holds.ok) return holds
    const side = holds.value ? ofAll : ofSome
    side.push(group)
  }
  const held: Held[] = ofAll.flatMap((group) => dnsIn(group, 'msDS-PSOApplied').map((dn) => ({ dn, holder: { kind: 'newAccounts', group: group.name } })))
  const existing = await findExisting(conversation, place.ou, ofSome, signal)
  return existing.ok ? readEach(conversation, [...held, ...existing.value], signal) : existing
}

type Held = { readonly dn: Dn; readonly holder: PolicyHolder }

const isSubject = new PresenceFilter({ attribute: 'msDS-PSOApplied' })

/**
 * A new account is in one group, its primary one, Domain Users (MS-SAMR 3.1.1.8.4), and in what that is a member of. Only global groups count
 * (RevMembGetAccountGroups, MS-DRSR 4.1.8).
 */
async function holdsNewAccounts(conversation: Conversation, { domainDn, domainSid }: AccountsPlace, group: SearchEntry, signal: AbortSignal): Promise<Result<boolean, Problem>> {
  const domainUsers = parseSid(`${domainSid}-513`)
  if (!domainUsers.ok || (Number(textIn(group, 'groupType')) & globalGroup) === 0) return succeed(false)
  if (sidsIn(group, 'objectSid').includes(domainUsers.value)) return succeed(true)
  const isDomainUsers = new EqualityFilter({ attribute: 'objectSid', value: Buffer.from(sidToBytes(domainUsers.value)) })
  const found = await searchOnce(conversation, { base: domainDn, scope: 'sub', filter: both(isDomainUsers, isMemberOf(group)), attributes: ['objectSid'] }, doing, signal)
  return found.ok ? succeed(found.value.length > 0) : found
}

/** GROUP_TYPE_ACCOUNT_GROUP (MS-ADTS 2.2.12). */
const globalGroup = 0x2

/** Accounts of the OU under a policy of their own, or of a group. Of a large group no more is read than it takes to see its policies at work. */
async function findExisting(conversation: Conversation, ou: Dn, groups: readonly SearchEntry[], signal: AbortSignal): Promise<Result<readonly Held[], Problem>> {
  const held: Held[] = []
  const subjects = [{ filter: isSubject as Filter, policies: null }, ...groups.map((group) => ({ filter: isIn(group), policies: dnsIn(group, 'msDS-PSOApplied') }))]
  for (const { filter, policies } of subjects) {
    const pages = searchInPages(conversation, [{ base: ou, scope: 'sub', filter: both(isClass('user'), filter), attributes: ['msDS-ResultantPSO'] }], pageSizeOf(conversation), doing, signal)
    for await (const page of pages) {
      // An OU that is not there has a check of its own.
      if (!page.ok) return isAbsent(page.problem) ? succeed([]) : page
      held.push(...page.value.entries.flatMap((account) => dnsIn(account, 'msDS-ResultantPSO').map((dn): Held => ({ dn, holder: { kind: 'existingAccount', account: account.name } }))))
      if (policies?.every((policy) => held.some(({ dn }) => sameDn(dn, policy))) === true) break
    }
  }
  return succeed(held)
}

function isIn(group: SearchEntry): Filter {
  // The primary group is not among memberOf (MS-ADTS 3.1.1.1.6).
  const asPrimary = sidsIn(group, 'objectSid').map((sid) => new EqualityFilter({ attribute: 'primaryGroupID', value: sid.slice(sid.lastIndexOf('-') + 1) }))
  return new OrFilter({ filters: [isMemberOf(group), ...asPrimary] })
}

/** LDAP_MATCHING_RULE_TRANSITIVE_EVAL (MS-ADTS 3.1.1.3.4.4.3): groups in groups too. */
function isMemberOf({ name }: SearchEntry): Filter {
  return new ExtensibleFilter({ matchType: 'memberOf', rule: '1.2.840.113556.1.4.1941', value: name })
}

/** One holder is enough to know that a policy matters; that it holds for all new accounts comes first. */
async function readEach(conversation: Conversation, held: readonly Held[], signal: AbortSignal): Promise<Result<readonly FinerPolicy[], Problem>> {
  const first = new Map(held.toReversed().map((one) => [dnKey(one.dn), one]))
  const policies: FinerPolicy[] = []
  for (const { dn, holder } of first.values()) {
    const demands = await readDemands(conversation, dn, signal)
    if (!demands.ok) return demands
    policies.push({ dn, holder, demands: demands.value })
  }
  return succeed(policies)
}

/** Class msDS-PasswordSettings (MS-ADSC). Without the right to read it the object comes without attributes, or not at all. */
async function readDemands(conversation: Conversation, dn: Dn, signal: AbortSignal): Promise<Result<FinerPolicy['demands'], Problem>> {
  const attributes = ['msDS-MinimumPasswordLength', 'msDS-PasswordComplexityEnabled', 'msDS-PasswordSettingsPrecedence']
  const found = await searchOnce(conversation, { base: dn, scope: 'base', filter: anyObject, attributes }, `Reading ${dn}`, signal)
  if (!found.ok && !isAbsent(found.problem) && found.problem.kind !== 'notPermitted') return found
  const entry = found.ok ? found.value[0] : undefined
  const [length, complexity, precedence] = attributes.map((name) => textIn(entry, name))
  if (length === undefined || length === '' || precedence === '') return succeed({ kind: 'notRead', why: 'our account may not read what it asks for' })
  return succeed({ kind: 'read', value: { minimumLength: Number(length), isComplexityRequired: complexity === 'TRUE', precedence: Number(precedence) } })
}

async function findAll(conversation: Conversation, base: Dn, filter: Filter, attributes: readonly string[], signal: AbortSignal): Promise<Result<readonly SearchEntry[], Problem>> {
  const entries: SearchEntry[] = []
  for await (const page of searchInPages(conversation, [{ base, scope: 'sub', filter, attributes }], pageSizeOf(conversation), doing, signal)) {
    if (!page.ok) return page
    entries.push(...page.value.entries)
  }
  return succeed(entries)
}

function pageSizeOf({ connection }: Conversation): number {
  return connection.pageSize ?? defaultPageSize
}

function both(...filters: readonly Filter[]): Filter {
  return new AndFilter({ filters: [...filters] })
}

function isClass(name: string): Filter {
  return new EqualityFilter({ attribute: 'objectClass', value: name })
}

function dnsIn(entry: SearchEntry, name: string): readonly Dn[] {
  const values = entry.attributes.find(({ type }) => type.toLowerCase() === name.toLowerCase())?.parsedBuffers ?? []
  return values.flatMap((bytes) => {
    const dn = parseDn(bytes.toString('utf8'))
    return dn.ok ? [dn.value] : []
  })
}
