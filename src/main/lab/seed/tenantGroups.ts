import type { MemberReference, TenantGroup } from '../tenant/tenantGroup.ts'
import { asSecurityGroup } from '../tenant/tenantGroup.ts'
import type { TenantUser } from '../tenant/tenantUser.ts'
import { partners } from './partners.ts'
import { makeSeededRandom } from './random.ts'
import { unusualGuests } from './unusualGuests.ts'

/** The group that scopes the guests of the lab: nested three deep, and not everybody is in it. */
export const partnersGroupName = 'B2B partners'

const regionOf: Readonly<Record<string, string>> = { BR: 'Americas', US: 'Americas', CA: 'Americas', NO: 'Nordics', IN: 'Asia', TR: 'Asia' }

/** Guests who are in no group of partners: every 25th. */
export function isOutsideOfPartners(index: number): boolean {
  return index % 25 === 24
}

/** The tenant's groups. Unusual guests are direct members of "B2B partners", the others of a group for their region, Nordics below Europe. */
export function makeTenantGroups(guests: readonly TenantUser[], members: readonly TenantUser[]): readonly TenantGroup[] {
  const ids = makeSeededRandom(0x96009)
  const inside = guests.filter((_, index) => !isOutsideOfPartners(index))
  const unusual = guests.slice(0, unusualGuests.length).filter((guest) => inside.includes(guest))
  const ofRegion = (region: string) => inside.filter((guest) => !unusual.includes(guest) && regionOfGuest(guest) === region)
  const make = (displayName: string, users: readonly TenantUser[], nested: readonly TenantGroup[]) => makeGroup(ids.nextGuid(), displayName, users, nested)
  const nordics = make(`${partnersGroupName} Nordics`, ofRegion('Nordics'), [])
  const europe = make(`${partnersGroupName} Europe`, ofRegion('Europe'), [nordics])
  const [americas, asia] = [make(`${partnersGroupName} Americas`, ofRegion('Americas'), []), make(`${partnersGroupName} Asia`, ofRegion('Asia'), [])]
  // A partner of two projects is in two groups, and still one guest.
  const falcon = make('Project Falcon', [...ofRegion('Asia').slice(0, 5), ...members.slice(0, 3)], [])
  const all = make(partnersGroupName, unusual, [europe, americas, asia, falcon])
  return [all, europe, nordics, americas, asia, falcon, make('All employees', members, []), make('Former suppliers', [], [])]
}

function makeGroup(id: string, displayName: string, users: readonly TenantUser[], nested: readonly TenantGroup[]): TenantGroup {
  const members: readonly MemberReference[] = [...users.map((user) => ({ type: 'user' as const, id: user.id })), ...nested.map((group) => ({ type: 'group' as const, id: group.id }))]
  return { ...asSecurityGroup(), id, displayName, mailNickname: displayName.replaceAll(' ', ''), createdDateTime: '2024-01-08T08:00:00Z', members }
}

function regionOfGuest(guest: TenantUser): string {
  const domain = guest.otherMails[0]?.split('@')[1]
  return regionOf[partners.find((partner) => partner.domain === domain)?.usageLocation ?? ''] ?? 'Europe'
}
