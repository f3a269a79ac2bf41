import type { SearchEntry } from 'ldapts'
import { AndFilter, EqualityFilter, NotFilter } from 'ldapts'
import { parseDn, rdnOf } from '../../../../shared/domain/dn.ts'
import type { Dn } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import type { Conversation } from '../conversation.ts'
import type { DirectoryConnection } from '../directoryConnection.ts'
import { DirectoryLink } from '../directoryLink.ts'
import { searchInPages } from '../search.ts'
import { containersOnly, usersOnly } from '../userFilters.ts'

/** `users`: in it and below it; `isMore`: there are more than were counted. */
export type TreeChild = { readonly dn: Dn; readonly name: string; readonly kind: 'organizationalUnit' | 'container'; readonly users: number; readonly isMore: boolean; readonly hasChildren: boolean }
export type TreeBranch = { readonly domainDn: Dn; readonly dn: Dn; readonly controller: string; readonly children: readonly TreeChild[] }

/** Shows OUs and containers level by level, for somebody who looks for the right one. */
export type DirectoryTree = {
  /** Null: below the head of the domain. */
  open(dn: Dn | null, signal: AbortSignal): Promise<Result<TreeBranch, Problem>>
  close(): Promise<void>
}

export function createDirectoryTree(connection: DirectoryConnection): DirectoryTree {
  const link = new DirectoryLink(connection, 'anyController')
  return { open: (dn, signal) => openBranch(link, dn, signal), close: () => link.close() }
}

const page = 1000
/** Nobody needs to know whether an OU holds 5,000 or 50,000 accounts in order to leave it alone. */
const mostCounted = 5000
const mostChildren = 1000

/** Those that Windows' own consoles hide are hidden here too. */
const visibleContainers = new AndFilter({ filters: [containersOnly, new NotFilter({ filter: new EqualityFilter({ attribute: 'showInAdvancedViewOnly', value: 'TRUE' }) })] })

async function openBranch(conversation: Conversation, dn: Dn | null, signal: AbortSignal): Promise<Result<TreeBranch, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { domainDn, controller } = signedIn.value.root
  const base = dn ?? domainDn
  const found = await collect(conversation, { base, scope: 'one', filter: visibleContainers, attributes: ['objectClass'] }, mostChildren, signal)
  if (!found.ok) return found
  const children: TreeChild[] = []
  for (const entry of found.value.entries) {
    const child = await describe(conversation, entry, signal)
    if (!child.ok) return child
    if (child.value !== null) children.push(child.value)
  }
  return succeed({ domainDn, dn: base, controller, children: children.toSorted((left, right) => left.name.localeCompare(right.name)) })
}

async function describe(conversation: Conversation, entry: SearchEntry, signal: AbortSignal): Promise<Result<TreeChild | null, Problem>> {
  const dn = parseDn(entry.name)
  if (!dn.ok) return succeed(null)
  const users = await collect(conversation, { base: dn.value, scope: 'sub', filter: usersOnly, attributes: ['1.1'] }, mostCounted, signal)
  if (!users.ok) return users
  const below = await collect(conversation, { base: dn.value, scope: 'one', filter: visibleContainers, attributes: ['1.1'] }, 1, signal)
  if (!below.ok) return below
  const classes = entry.attributes.find(({ type }) => type.toLowerCase() === 'objectclass')?.parsedBuffers.map((octets) => octets.toString('utf8')) ?? []
  const own = rdnOf(dn.value)
  return succeed({
    dn: dn.value, name: own.form === 'text' ? own.value : entry.name, kind: classes.includes('organizationalUnit') ? 'organizationalUnit' : 'container',
    users: users.value.entries.length, isMore: users.value.isMore, hasChildren: below.value.entries.length > 0,
  })
}

type Collected = { readonly entries: readonly SearchEntry[]; readonly isMore: boolean }

/** Stops reading when there is enough; the page that is under way is given up. */
async function collect(conversation: Conversation, search: Parameters<typeof searchInPages>[1][number], most: number, signal: AbortSignal): Promise<Result<Collected, Problem>> {
  const entries: SearchEntry[] = []
  for await (const read of searchInPages(conversation, [search], Math.min(page, most), `Looking at what is in ${search.base}`, signal)) {
    if (!read.ok) return read
    entries.push(...read.value.entries)
    if (entries.length >= most) return succeed({ entries: entries.slice(0, most), isMore: entries.length > most || !read.value.isLast })
  }
  return succeed({ entries, isMore: false })
}
