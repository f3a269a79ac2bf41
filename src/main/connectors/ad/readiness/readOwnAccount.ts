import { AndFilter, EqualityFilter, OrFilter } from 'ldapts'
import type { Filter, SearchEntry } from 'ldapts'
import { parseDn, rdnOf } from '../../../../shared/domain/dn.ts'
import { sidFromBytes } from '../../../../shared/domain/ids.ts'
import type { Dn, Sid } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { OwnAccount } from '../../readinessPorts.ts'
import type { Conversation } from '../conversation.ts'
import { anyObject } from '../readObjects.ts'
import { textIn } from '../rootDse.ts'
import { searchOnce } from '../search.ts'

/** Who is signed in, as the directory knows the account, and every SID of its token (MS-ADTS 3.1.1.3.2.22, tokenGroups of the rootDSE). */
export async function readOwnAccount(conversation: Conversation, signal: AbortSignal): Promise<Result<OwnAccount, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const account = await findAccount(conversation, signedIn.value.root.domainDn, signal)
  if (!account.ok) return account
  const root = await searchOnce(conversation, { base: '', scope: 'base', filter: anyObject, attributes: ['tokenGroups'] }, 'Reading which groups our account is in', signal)
  if (!root.ok) return root
  const groups = sidsIn(root.value[0], 'tokenGroups')
  return groups.length === 0 ? fail(noToken(conversation.connection.account)) : succeed({ ...account.value, tokenSids: new Set([account.value.sid, ...groups]) })
}

async function findAccount(conversation: Conversation, domainDn: Dn, signal: AbortSignal): Promise<Result<Omit<OwnAccount, 'tokenSids'>, Problem>> {
  const { account } = conversation.connection
  const search = { ...whereIs(account, domainDn), attributes: ['objectSid', 'sAMAccountName', 'msDS-UserPasswordExpiryTimeComputed'] }
  const found = await searchOnce(conversation, search, `Looking for our account ${account}`, signal)
  if (!found.ok) return found
  const [entry, another] = found.value
  const [dn, sid] = [parseDn(entry?.name ?? ''), sidsIn(entry, 'objectSid')[0]]
  if (entry === undefined || another !== undefined || !dn.ok || sid === undefined) return fail(notFound(account, found.value.length))
  return succeed({ dn: dn.value, sid, accountName: textIn(entry, 'sAMAccountName'), passwordExpires: timeOf(textIn(entry, 'msDS-UserPasswordExpiryTimeComputed')) })
}

/** As it signs in: DN, `DOMAIN\name`, or userPrincipalName, where `name@domain` is the sAMAccountName if nobody has it (MS-ADTS 5.1.1.1.1). */
function whereIs(account: string, domainDn: Dn): { readonly base: string; readonly scope: 'base' | 'sub'; readonly filter: Filter } {
  const isUser = new EqualityFilter({ attribute: 'objectClass', value: 'user' })
  const dn = account.includes('@') ? null : parseDn(account)
  if (dn?.ok === true) return { base: dn.value, scope: 'base', filter: anyObject }
  const [, plain] = /^[^\\]+\\(.+)$/s.exec(account) ?? []
  const named = (attribute: string, value: string) => new EqualityFilter({ attribute, value: Buffer.from(value, 'utf8') })
  const byName = plain !== undefined ? named('sAMAccountName', plain) : new OrFilter({ filters: [named('userPrincipalName', account), ...nameInDomain(account, domainDn).map((name) => named('sAMAccountName', name))] })
  return { base: domainDn, scope: 'sub', filter: new AndFilter({ filters: [isUser, byName] }) }
}

/** MS-ADTS 3.1.1.4.5.34: intervals of 100 ns since 1601, in 64 bits; the largest number means never. */
function timeOf(fileTime: string): string | null {
  if (!/^\d{1,19}$/.test(fileTime) || BigInt(fileTime) === 0n || BigInt(fileTime) >= 0x7fff_ffff_ffff_ffffn) return null
  return new Date(Number(BigInt(fileTime) / 10_000n - 11_644_473_600_000n)).toISOString()
}

function nameInDomain(account: string, domainDn: Dn): readonly string[] {
  const [, name, suffix] = /^(.+)@([^@]+)$/s.exec(account) ?? []
  const domain = domainDn.split(',').map((part) => rdnOf(part as Dn).value).join('.')
  return name !== undefined && suffix?.toLowerCase() === domain.toLowerCase() ? [name] : []
}

export function sidsIn(entry: SearchEntry | undefined, name: string): readonly Sid[] {
  const buffers = entry?.attributes.find(({ type }) => type.toLowerCase() === name.toLowerCase())?.parsedBuffers ?? []
  return buffers.flatMap((bytes) => {
    const sid = sidFromBytes(bytes)
    return sid.ok ? [sid.value] : []
  })
}

function notFound(account: string, found: number): Problem {
  return {
    kind: 'objectNotFound', message: `Our account ${account} signs in, and ${found === 0 ? 'cannot be found in the domain' : `${found} objects of the domain go by that name`}.`,
    remedy: 'Name it by its userPrincipalName in `account` of `activeDirectory`; an account of another domain cannot be looked at from here.',
  }
}

function noToken(account: string): Problem {
  return { kind: 'limitedInformation', message: `The domain controller does not say which groups ${account} is in.`, remedy: 'Connect to another domain controller.' }
}
