import { describe, expect, it } from 'vitest'
import type { SeedEntry } from '../../../src/main/lab/directory/seedEntry.ts'
import { guestOu, makeDomain } from '../../../src/main/lab/seed/domain.ts'
import { makeDeletedGuests, makeGuests } from '../../../src/main/lab/seed/guests.ts'
import { makeMembers } from '../../../src/main/lab/seed/members.ts'
import { makeTenantGroups } from '../../../src/main/lab/seed/tenantGroups.ts'
import { makeTenantHistory } from '../../../src/main/lab/seed/tenantHistory.ts'
import { partners } from '../../../src/main/lab/seed/partners.ts'
import { seedExpectations } from '../../../src/main/lab/seed/seedExpectations.ts'
import type { TenantUser } from '../../../src/main/lab/tenant/tenantUser.ts'

const domainSid = 'S-1-5-21-1-2-3'
const guests = makeGuests(domainSid)
const deletedGuests = makeDeletedGuests()
const members = makeMembers(domainSid)
const domain = makeDomain(guests, deletedGuests, domainSid)
const accounts = domain.filter(({ dn, objectClass }) => objectClass === 'user' && dn.endsWith(guestOu))

const valueOf = (entry: SeedEntry, name: string): string | null => entry.attributes[name]?.[0] ?? null
const commonName = (entry: SeedEntry) => /^CN=((?:[^,\\]|\\.)*),/.exec(entry.dn)?.[1] ?? ''
const countOf = <Item>(items: readonly Item[], holds: (item: Item) => boolean) => items.filter(holds).length
const isInScope = (guest: TenantUser) => guest.onPremisesSyncEnabled !== true && guest.onPremisesSecurityIdentifier === null

/** The join of sync-semantics 10 to 12, written anew here: mark, cn, then UPN, none of them for an account with another guest's mark. */
function joinOf(account: SeedEntry): { readonly by: 'mark' | 'cn' | 'upn' | 'undecided' | 'nobody'; readonly guest: TenantUser | null } {
  const mark = valueOf(account, 'adminDescription')
  const byMark = guests.find(({ id }) => mark === `User_${id}`)
  if (byMark !== undefined) return { by: 'mark', guest: byMark }
  const byName = guests.find(({ id }) => id === commonName(account))
  if (byName !== undefined) return { by: 'cn', guest: byName }
  const byPrincipalName = guests.find(({ userPrincipalName }) => userPrincipalName === valueOf(account, 'userPrincipalName')) ?? null
  if (byPrincipalName === null) return { by: 'nobody', guest: null }
  return { by: mark === null ? 'upn' : 'undecided', guest: byPrincipalName }
}

const joins = accounts.map((account) => ({ account, ...joinOf(account) }))
const joinsInScope = joins.filter(({ guest }) => guest !== null && isInScope(guest))

describe('the guests of the lab', () => {
  it('are as many as stated, of each state', () => {
    expect({
      guests: guests.length,
      partners: new Set(guests.map(({ otherMails }) => otherMails[0]?.split('@')[1])).size,
      pendingGuests: countOf(guests, ({ externalUserState }) => externalUserState === 'PendingAcceptance'),
      blockedGuests: countOf(guests, ({ accountEnabled }) => !accountEnabled),
      masteredInActiveDirectory: countOf(guests, ({ onPremisesSyncEnabled }) => onPremisesSyncEnabled === true),
      provisionedByCloudSync: countOf(guests, (guest) => guest.onPremisesSyncEnabled !== true && guest.onPremisesSecurityIdentifier !== null),
      guestsInDefaultScope: countOf(guests, isInScope),
      softDeletedGuests: deletedGuests.length,
      collidingPairs: guests.length - new Set(guests.map(({ id }) => id.slice(0, 20))).size,
    }).toEqual(pick('guests', 'partners', 'pendingGuests', 'blockedGuests', 'masteredInActiveDirectory', 'provisionedByCloudSync', 'guestsInDefaultScope', 'softDeletedGuests', 'collidingPairs'))
    expect(partners).toHaveLength(seedExpectations.partners)
  })

  it('are the same each time', () => {
    expect(makeGuests(domainSid)).toEqual(guests)
    expect(makeDomain(makeGuests(domainSid), makeDeletedGuests(), domainSid)).toEqual(domain)
    expect(guests[0]?.id).toBe('0cca9696-a6e7-41a1-8d7d-5e17613778e5')
  })

  it('have ids and names of the form that Entra gives', () => {
    const everybody = [...guests, ...members, ...deletedGuests]
    for (const user of everybody) {
      expect(user.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(user.userPrincipalName).toMatch(/^[A-Za-z0-9'.\-_!#^~]+@contosolab\.onmicrosoft\.com$/)
      expect(user.displayName.length).toBeLessThanOrEqual(256)
      expect(user.displayName).not.toBe('')
      expect(Math.max(user.givenName?.length ?? 0, user.surname?.length ?? 0)).toBeLessThanOrEqual(64)
    }
    expect(new Set(everybody.map(({ id }) => id)).size).toBe(everybody.length)
    expect(new Set(everybody.map(({ userPrincipalName }) => userPrincipalName.toLowerCase())).size).toBe(everybody.length)
    expect(guests.every(({ userPrincipalName }) => /^[^@]+_[a-z]+\.(?:com|net)#EXT#@/.test(userPrincipalName))).toBe(true)
  })

  const varieties: readonly (readonly [string, (guest: TenantUser) => boolean])[] = [
    ['letters with accents', ({ displayName }) => /[À-ž]/.test(displayName)],
    ['decomposed accents', ({ displayName }) => displayName !== displayName.normalize('NFC')],
    ['Arabic', ({ displayName }) => /\p{Script=Arabic}/u.test(displayName)],
    ['Hebrew', ({ displayName }) => /\p{Script=Hebrew}/u.test(displayName)],
    ['Han', ({ displayName }) => /\p{Script=Han}/u.test(displayName)],
    ['Cyrillic', ({ displayName }) => /\p{Script=Cyrillic}/u.test(displayName)],
    ['Greek', ({ displayName }) => /\p{Script=Greek}/u.test(displayName)],
    ['emoji', ({ displayName }) => /\p{Extended_Pictographic}/u.test(displayName)],
    ['signs beyond the basic plane', ({ surname }) => /[\u{10000}-\u{10ffff}]/u.test(surname ?? '')],
    ['straight and curved apostrophes', ({ surname }) => /['’]/.test(surname ?? '')],
    ['commas, quotes and signs of markup', ({ displayName }) => /[<>&="]/.test(displayName)],
    ['control characters', ({ displayName }) => /\n/.test(displayName)],
    ['blanks at either end', ({ surname }) => surname !== null && surname !== surname.trim()],
    ['no surname', ({ surname, givenName }) => surname === null && givenName !== null],
    ['no given name', ({ surname, givenName }) => surname !== null && givenName === null],
    ['a display name alone', ({ surname, givenName }) => surname === null && givenName === null],
    ['no mail', ({ mail }) => mail === null],
    ['names of 64 characters', ({ surname, givenName }) => surname?.length === 64 && givenName?.length === 64],
    ['display names of 65 and more', ({ displayName }) => displayName.length > 64],
    ['display names of 256', ({ displayName }) => displayName.length === 256],
    ['a plus sign in the address', ({ mail }) => mail?.includes('+') === true],
    ['no company', ({ companyName }) => companyName === null],
  ]
  it.each(varieties)('include %s', (_what, holds) => {
    expect(guests.some(holds)).toBe(true)
  })
})

describe('the members of the lab', () => {
  it('are as many as stated, some with the name of a guest', () => {
    expect(members).toHaveLength(seedExpectations.members)
    expect(countOf(members, ({ userPrincipalName }) => userPrincipalName.includes('#EXT#'))).toBe(seedExpectations.externalMembers)
    expect(members.every(({ userType }) => userType === 'Member')).toBe(true)
  })
})

describe('the shadow accounts of the lab', () => {
  it('are as many as stated, of each manner', () => {
    const orphans = joins.filter(({ by }) => by === 'nobody')
    const softly = deletedGuests.map(({ id, userPrincipalName }) => userPrincipalName.slice(id.replaceAll('-', '').length))
    expect({
      shadowAccounts: accounts.length,
      joinedByMark: countOf(joinsInScope, ({ by }) => by === 'mark'),
      joinedByCommonName: countOf(joinsInScope, ({ by }) => by === 'cn'),
      joinedByUserPrincipalName: countOf(joinsInScope, ({ by }) => by === 'upn'),
      needsDecision: countOf(joinsInScope, ({ by }) => by === 'undecided'),
      orphanedAccounts: orphans.length,
      orphansOfSoftDeletedGuests: countOf(orphans, ({ account }) => softly.includes(valueOf(account, 'userPrincipalName') ?? '')),
      driftedAccounts: countOf(joinsInScope, ({ by, account, guest }) => by !== 'undecided' && guest !== null && hasDrifted(account, guest)),
      disabledByHand: countOf(accounts, (account) => (Number(valueOf(account, 'userAccountControl')) & 2) !== 0),
      ownedByCloudSync: countOf(accounts, (account) => valueOf(account, 'msDS-ExternalDirectoryObjectId') !== null),
      matchedByConnect: countOf(joins, ({ guest }) => guest?.onPremisesSyncEnabled === true),
      accountsOfBlockedGuests: countOf(joinsInScope, ({ guest }) => guest?.accountEnabled === false),
    }).toEqual(pick(
      'shadowAccounts', 'joinedByMark', 'joinedByCommonName', 'joinedByUserPrincipalName', 'needsDecision', 'orphanedAccounts', 'orphansOfSoftDeletedGuests',
      'driftedAccounts', 'disabledByHand', 'ownedByCloudSync', 'matchedByConnect', 'accountsOfBlockedGuests',
    ))
  })

  it('leave as many guests without account as stated', () => {
    const served = new Set(joinsInScope.map(({ guest }) => guest?.id))
    const without = guests.filter((guest) => isInScope(guest) && !served.has(guest.id))
    expect(without).toHaveLength(seedExpectations.guestsWithoutAccount)
    expect(countOf(without, ({ accountEnabled, externalUserState }) => accountEnabled && externalUserState !== 'PendingAcceptance')).toBe(seedExpectations.creates)
  })

  it('can all be in one domain: no DN, sAMAccountName or UPN twice', () => {
    for (const values of [domain.map(({ dn }) => dn), valuesOf('sAMAccountName'), valuesOf('userPrincipalName')]) {
      expect(new Set(values.map((value) => value.toLowerCase())).size).toBe(values.length)
    }
  })
})

describe('the groups of the tenant', () => {
  const groups = makeTenantGroups(guests, members)
  const membersOf = (name: string) => groups.find(({ displayName }) => displayName === name)?.members ?? []
  const usersBelow = (name: string): readonly string[] => membersOf(name).flatMap(({ type, id }) => (type === 'user' ? [id] : usersBelow(groups.find((group) => group.id === id)?.displayName ?? '')))

  it('hold as many guests as stated, most of them by nesting, some in two groups', () => {
    const guestIds = new Set(guests.map(({ id }) => id))
    const below = usersBelow('B2B partners').filter((id) => guestIds.has(id))
    expect({
      tenantGroups: groups.length,
      guestsInPartnersGroup: new Set(below).size,
      guestsDirectlyInPartnersGroup: countOf(membersOf('B2B partners'), ({ id }) => guestIds.has(id)),
    }).toEqual(pick('tenantGroups', 'guestsInPartnersGroup', 'guestsDirectlyInPartnersGroup'))
    expect(below.length).toBeGreaterThan(new Set(below).size)
    expect(usersBelow('B2B partners').some((id) => members.some((member) => member.id === id))).toBe(true)
  })
})

describe('the history of the tenant', () => {
  const history = makeTenantHistory(guests, deletedGuests)
  const idsOf = (kind: string) => new Set(history.filter(({ change }) => change.kind === kind).map(({ object }) => object.id))

  it('has as many renamed, restored and deleted guests as stated', () => {
    const renamed = history.filter(({ change }) => change.kind === 'updated' && change.properties.includes('userPrincipalName'))
    const cleared = history.filter(({ change }) => change.kind === 'updated' && change.properties.includes('companyName'))
    expect({ renamedGuests: renamed.length, restoredGuests: idsOf('restored').size, softDeletedGuests: deletedGuests.filter(({ id }) => idsOf('deleted').has(id)).length, guestsWhoLostTheirCompany: cleared.length })
      .toEqual(pick('renamedGuests', 'restoredGuests', 'softDeletedGuests', 'guestsWhoLostTheirCompany'))
    expect(cleared.every(({ object }) => guests.find(({ id }) => id === object.id)?.companyName === null)).toBe(true)
    expect([...idsOf('erased')].some((id) => guests.some((guest) => guest.id === id))).toBe(false)
  })

  it('left the accounts of renamed guests with the former name, on the same cn', () => {
    const differing = joinsInScope.filter(({ by, account, guest }) => by === 'cn' && valueOf(account, 'userPrincipalName') !== guest?.userPrincipalName)
    expect(differing).toHaveLength(seedExpectations.renamedGuests)
    for (const { account, guest } of differing) expect(guest?.otherMails).toContain(valueOf(account, 'mail'))
  })
})

describe('the delegation of the domain', () => {
  const machines = domain.filter(({ dn }) => dn.startsWith('CN=CONNECTOR'))
  const controlOf = (entry: SeedEntry) => Number(valueOf(entry, 'userAccountControl'))
  const serves = (entry: SeedEntry) => {
    const sites = entry.attributes['msDS-AllowedToDelegateTo'] ?? []
    const owners = sites.map((site) => domain.filter(({ attributes }) => attributes['servicePrincipalName']?.includes(site)).length)
    return sites.length > 0 && owners.every((count) => count === 1) && (controlOf(entry) & 0x1000000) !== 0 && (controlOf(entry) & 0x2) === 0
  }

  it('is right for one connector and wrong for the others, each in its way', () => {
    expect({ connectors: machines.length, wrongConnectors: countOf(machines, (machine) => !serves(machine)) }).toEqual(pick('connectors', 'wrongConnectors'))
    const without = (machine: SeedEntry) => JSON.stringify([controlOf(machine), machine.attributes['msDS-AllowedToDelegateTo']])
    expect(new Set(machines.map(without)).size).toBe(machines.length)
  })

  it('has web sites on whose account no ticket would work', () => {
    const pools = domain.filter(({ attributes }) => (attributes['description']?.[0] ?? '').startsWith('Application pool'))
    const isUsable = (pool: SeedEntry) => (controlOf(pool) & 0x200002) === 0 && (Number(valueOf(pool, 'msDS-SupportedEncryptionTypes')) & 0x18) !== 0 && (valueOf(pool, 'servicePrincipalName') ?? '').startsWith('HTTP/')
    expect(countOf(pools, (pool) => !isUsable(pool))).toBe(seedExpectations.wrongWebAccounts)
    expect(pools.some(isUsable)).toBe(true)
  })

  it('trusts a connector that is gone, in the form of a security descriptor', () => {
    const [trust = ''] = domain.flatMap(({ attributes }) => attributes['msDS-AllowedToActOnBehalfOfOtherIdentity'] ?? [])
    const octets = Buffer.from(trust, 'base64')
    expect(octets.subarray(0, 20).toString('hex')).toBe('0100048014000000000000000000000024000000')
    expect(octets.readUInt32LE(octets.length - 4)).toBe(4711)
  })
})

describe('the rest of the domain', () => {
  it('has as many of each class as stated', () => {
    const inOu = (ou: string) => countOf(domain, ({ dn }) => dn.includes(`,OU=${ou},`))
    expect({ employees: inOu('Employees'), computers: countOf(domain, ({ objectClass }) => objectClass === 'computer'), groups: inOu('Groups'), serviceAccounts: inOu('Service Accounts') })
      .toEqual(pick('employees', 'computers', 'groups', 'serviceAccounts'))
  })

  it('holds an account name that a guest without account would get', () => {
    const elsewhere = new Set(domain.filter(({ dn }) => !dn.endsWith(guestOu)).map((entry) => valueOf(entry, 'sAMAccountName')))
    const served = new Set(joins.map(({ guest }) => guest?.id))
    const hindered = guests.filter((guest) => isInScope(guest) && !served.has(guest.id) && elsewhere.has(guest.id.slice(0, 20)))
    expect(hindered).toHaveLength(seedExpectations.accountNamesTakenElsewhere)
  })

  it('names parents before children and members before groups', () => {
    const known = new Set(['DC=contoso,DC=lab', 'CN=Computers,DC=contoso,DC=lab', 'CN=Users,DC=contoso,DC=lab', 'CN=System,DC=contoso,DC=lab'])
    for (const { dn, attributes } of domain) {
      expect(known).toContain(dn.replace(/^(?:[^,\\]|\\.)*,/, ''))
      for (const member of attributes['member'] ?? []) expect(known).toContain(member)
      known.add(dn)
    }
    expect(domain.some(({ attributes }) => attributes['member']?.some((member) => member.endsWith(guestOu)))).toBe(true)
  })

  it('keeps to the lengths and account names of Active Directory', () => {
    for (const { attributes } of domain.filter(({ objectClass }) => objectClass === 'user')) {
      expect(attributes['sAMAccountName']?.[0]).toMatch(/^[^"/\\[\]:;|=,+*?<>]{1,20}$/)
      expect(Math.max(...['sn', 'givenName'].map((name) => attributes[name]?.[0]?.length ?? 0))).toBeLessThanOrEqual(64)
      expect(Object.values(attributes).flat()).not.toContain('')
    }
  })
})

function pick(...names: readonly (keyof typeof seedExpectations)[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, seedExpectations[name]]))
}

function hasDrifted(account: SeedEntry, guest: TenantUser): boolean {
  const wanted = { displayName: guest.displayName, givenName: guest.givenName, sn: guest.surname, mail: guest.mail }
  return Object.entries(wanted).some(([name, value]) => valueOf(account, name) !== value)
}

function valuesOf(name: string): readonly string[] {
  return domain.flatMap((entry) => entry.attributes[name] ?? [])
}
