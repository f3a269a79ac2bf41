import type { SeedEntry } from '../directory/seedEntry.ts'
import type { TenantUser } from '../tenant/tenantUser.ts'
import { distinguishedName } from './distinguishedName.ts'
import { formerSelf } from './guests.ts'
import { makeSeededRandom } from './random.ts'
import { seedExpectations } from './seedExpectations.ts'

/** 512 + 0x40000, as the tutorial sets it; 0x2 is added where somebody disabled the account. */
const smartCardRequired = 262_656
const normalAccount = 512
const disabledBit = 2

export type ShadowAccountSources = {
  /** In the order of makeGuests. */
  readonly guests: readonly TenantUser[]
  readonly deletedGuests: readonly TenantUser[]
  readonly ou: string
}

/** Guests with plain names and no special state that has to do with accounts, first to last in groups of the table below. */
const groups = {
  renamed: { first: 170, count: seedExpectations.renamedGuests },
  asMimMade: { first: 172, count: 10 },
  driftedFromMim: { first: 182, count: 6 },
  asScriptMade: { first: 188, count: 6 },
  driftedFromScript: { first: 194, count: 3 },
  disabledByHand: { first: 197, count: seedExpectations.disabledByHand },
  invitedAgain: { first: 198, count: seedExpectations.needsDecision },
  marked: { first: 199, count: seedExpectations.joinedByMark },
  blocked: { first: 90, count: seedExpectations.accountsOfBlockedGuests },
  masteredInActiveDirectory: { first: 110, count: seedExpectations.matchedByConnect },
  ownedByCloudSync: { first: 120, count: seedExpectations.ownedByCloudSync },
} as const

/** The accounts that earlier tools and people left in the OU of the guests, oldest manner first. */
export function makeShadowAccounts(sources: ShadowAccountSources): readonly SeedEntry[] {
  const { ou } = sources
  const of = (name: keyof typeof groups) => sources.guests.slice(groups[name].first, groups[name].first + groups[name].count)
  return [
    ...of('asMimMade').map((guest) => makeByMim(guest, ou)),
    ...of('renamed').map((guest) => makeByMim(formerSelf(guest), ou)),
    ...of('driftedFromMim').map((guest, index) => drift(makeByMim(guest, ou), index)),
    ...of('asScriptMade').map((guest, index) => makeByScript(guest, ou, index)),
    ...of('driftedFromScript').map((guest, index) => drift(makeByScript(guest, ou, 10 + index), index)),
    ...of('disabledByHand').map((guest) => withValues(makeByMim(guest, ou), { userAccountControl: String(smartCardRequired | disabledBit), description: 'Disabled 2025-11-03, ticket 48213' })),
    ...of('invitedAgain').map((guest) => makeForFormerId(guest, ou)),
    ...of('marked').map((guest) => withValues(makeByMim(guest, ou), { adminDescription: `User_${guest.id}` })),
    ...of('blocked').map((guest) => makeByMim(guest, ou)),
    ...of('masteredInActiveDirectory').map((guest) => makeByMim(guest, ou)),
    ...of('ownedByCloudSync').map((guest) => makeByCloudSync(guest, ou)),
    ...makeOrphans(sources),
  ]
}

/** cn = id and sAMAccountName = Left(id, 20), no mark: Microsoft Identity Manager by the tutorial. */
function makeByMim(guest: TenantUser, ou: string): SeedEntry {
  return {
    dn: distinguishedName('CN', guest.id, ou),
    objectClass: 'user',
    attributes: values({ ...namesOf(guest), sAMAccountName: guest.id.slice(0, 20), employeeType: 'Guest', userAccountControl: String(smartCardRequired) }),
  }
}

/** cn = display name with a number, a counted sAMAccountName, no employeeType: the sample script, whose only key is the UPN. */
function makeByScript(guest: TenantUser, ou: string, index: number): SeedEntry {
  const accountName = `guest${String(index + 1).padStart(4, '0')}`
  return {
    dn: distinguishedName('CN', `${guest.displayName.slice(0, 50)} ${accountName}`, ou),
    objectClass: 'user',
    attributes: values({ ...namesOf(guest), sAMAccountName: accountName, userAccountControl: String(normalAccount), description: 'B2B guest' }),
  }
}

/** Deleted and invited again: the account bears the mark and the name of the former id, and the UPN that came back. */
function makeForFormerId(guest: TenantUser, ou: string): SeedEntry {
  const formerId = makeSeededRandom(0x0f0f1d).nextGuid()
  const account = makeByMim({ ...guest, id: formerId }, ou)
  return withValues(account, { adminDescription: `User_${formerId}` })
}

/** Entra Cloud Sync names its accounts itself and marks them with the id of the object in Entra. */
function makeByCloudSync(guest: TenantUser, ou: string): SeedEntry {
  const account: SeedEntry = {
    dn: distinguishedName('CN', `${guest.displayName.slice(0, 50)}_${guest.id.slice(-12)}`, ou),
    objectClass: 'user',
    attributes: values({ ...namesOf(guest), sAMAccountName: guest.onPremisesSamAccountName, userAccountControl: String(smartCardRequired) }),
  }
  return withValues(account, { 'msDS-ExternalDirectoryObjectId': `User_${guest.id}` })
}

/** Accounts whose guests are deleted, softly or for good, as MIM made them. */
function makeOrphans({ deletedGuests, guests, ou }: ShadowAccountSources): readonly SeedEntry[] {
  const random = makeSeededRandom(0x0a9ba175)
  const softly = deletedGuests.slice(0, seedExpectations.orphansOfSoftDeletedGuests).map((guest) => {
    // The account still has the UPN of before the deletion, without the id in front of it.
    const userPrincipalName = guest.userPrincipalName.slice(guest.id.replaceAll('-', '').length)
    return makeByMim({ ...guest, userPrincipalName }, ou)
  })
  const forGood = guests.slice(210, 210 + seedExpectations.orphanedAccounts - softly.length).map((guest, index) => {
    const mail = `left.in.2025.${index + 1}@${guest.otherMails[0]?.split('@')[1] ?? 'fabrikam.com'}`
    const userPrincipalName = `${mail.replace('@', '_')}#EXT#@${guest.userPrincipalName.split('@')[1] ?? ''}`
    return makeByMim({ ...guest, id: random.nextGuid(), mail, userPrincipalName, displayName: `Former Guest ${index + 1}`, givenName: 'Former', surname: `Guest ${index + 1}` }, ou)
  })
  return [...softly, ...forGood]
}

/** What nobody corrected since: by turns a former surname, a former display name, a former mail, a missing given name. */
function drift(account: SeedEntry, index: number): SeedEntry {
  switch (index % 4) {
    case 0:
      return withValues(account, { sn: 'Maiden-Name' })
    case 1:
      return withValues(account, { displayName: 'Name Before The Wedding' })
    case 2:
      return withValues(account, { mail: `former.address.${index}@example.com` })
    default:
      return withValues(account, { givenName: null, sn: 'Maiden-Name' })
  }
}

function namesOf(guest: TenantUser): Record<string, string | null> {
  return { userPrincipalName: guest.userPrincipalName, displayName: guest.displayName, givenName: guest.givenName, sn: guest.surname, mail: guest.mail }
}

function withValues(account: SeedEntry, changes: Readonly<Record<string, string | null>>): SeedEntry {
  const kept = Object.entries(account.attributes).filter(([name]) => !(name in changes))
  return { ...account, attributes: { ...Object.fromEntries(kept), ...values(changes) } }
}

function values(texts: Readonly<Record<string, string | null>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(texts).flatMap(([name, text]) => (text === null ? [] : [[name, [text]]])))
}
