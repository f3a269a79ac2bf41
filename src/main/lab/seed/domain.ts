import type { SeedChange, SeedEntry } from '../directory/seedEntry.ts'
import type { TenantUser } from '../tenant/tenantUser.ts'
import { makeServers, makeWebAccounts } from './delegation.ts'
import type { DelegationPlace } from './delegation.ts'
import { makeEarlierDays, makeFaultyAccounts, makeProjectGroups, makeTrusts } from './delegationFaults.ts'
import { distinguishedName } from './distinguishedName.ts'
import { seedExpectations } from './seedExpectations.ts'
import { makeShadowAccounts } from './shadowAccounts.ts'

export const labDomain = { dnsName: 'contoso.lab', netBiosName: 'CONTOSO', controllerName: 'dc1.contoso.lab', baseDn: 'DC=contoso,DC=lab' } as const
export const guestOu = `OU=AAD Guest Users,${labDomain.baseDn}`

const employeesOu = `OU=Employees,${labDomain.baseDn}`
const groupsOu = `OU=Groups,${labDomain.baseDn}`
export const serversOu = `OU=Servers,${labDomain.baseDn}`
export const serviceAccountsOu = `OU=Service Accounts,${labDomain.baseDn}`

/** A global security group, as new groups are. */
const globalSecurityGroup = '-2147483646'

/** The domain as it is on the first day: employees, groups, servers, service accounts, and forty shadow accounts of earlier tools. */
export function makeDomain(guests: readonly TenantUser[], deletedGuests: readonly TenantUser[], domainSid: string): readonly SeedEntry[] {
  const place = placeIn(domainSid)
  const shadowAccounts = makeShadowAccounts({ guests, deletedGuests, ou: guestOu })
  const employees = makeEmployees(guests)
  return [
    ...[guestOu, employeesOu, groupsOu, serversOu, serviceAccountsOu].map(makeOrganizationalUnit),
    ...employees,
    ...shadowAccounts,
    ...makeServers(place),
    ...makeServiceAccounts(),
    ...makeWebAccounts(place),
    ...makeFaultyAccounts(place),
    ...makeTrusts(place),
    ...makeGroups(employees, shadowAccounts),
    ...makeProjectGroups(place, guestAccount(shadowAccounts, 3)),
  ]
}

/** What happened to the domain before the first day and would not be accepted any more. The shadow accounts are those of MIM, whose plan these faults do not change. */
export function makeDomainChanges(guests: readonly TenantUser[], deletedGuests: readonly TenantUser[], domainSid: string): readonly SeedChange[] {
  const shadowAccounts = makeShadowAccounts({ guests, deletedGuests, ou: guestOu })
  const account = (index: number) => guestAccount(shadowAccounts, index)
  return makeEarlierDays(placeIn(domainSid), { sensitive: account(0), withoutPreAuthentication: account(1), protectedUser: account(2), privileged: account(4), ambiguous: account(5) })
}

function placeIn(domainSid: string): DelegationPlace {
  const { dnsName, baseDn, controllerName } = labDomain
  return { dnsName, baseDn, controllerName, serversOu, serviceAccountsOu, domainSid }
}

function guestAccount(accounts: readonly SeedEntry[], index: number): SeedEntry {
  const account = accounts[index]
  if (account === undefined) throw new Error('The lab has too few shadow accounts')
  return account
}

function makeOrganizationalUnit(dn: string): SeedEntry {
  const description = dn === guestOu ? { description: ['Shadow accounts of B2B guests, outside of the scope of Entra Connect'] } : {}
  return { dn, objectClass: 'organizationalUnit', attributes: description }
}

const givenNames = ['Anna', 'Ben', 'Carla', 'Deniz', 'Eva', 'Felix', 'Greta', 'Hugo', 'Ida', 'Jonas']
const surnames = ['Albers', 'Brandt', 'Claes', 'Dietz', 'Ehlers', 'Fuchs']
const departments = ['Sales', 'Finance', 'Engineering', 'Purchasing', 'Human Resources']

function makeEmployees(guests: readonly TenantUser[]): readonly SeedEntry[] {
  return Array.from({ length: seedExpectations.employees }, (_, index) => {
    const [givenName, surname] = [givenNames[index % 10] ?? '', surnames[Math.floor(index / 10)] ?? '']
    const accountName = `${givenName}.${surname}`.toLowerCase()
    const attributes = {
      sAMAccountName: [index === 0 ? takenAccountName(guests) : accountName],
      userPrincipalName: [`${accountName}@${labDomain.dnsName}`],
      displayName: [`${givenName} ${surname}`],
      givenName: [givenName],
      sn: [surname],
      mail: [`${accountName}@contoso.com`],
      company: ['Contoso'],
      department: [departments[index % departments.length] ?? ''],
      employeeID: [String(10_000 + index)],
      userAccountControl: [index % 20 === 19 ? '514' : '512'],
    }
    return { dn: distinguishedName('CN', `${givenName} ${surname}`, employeesOu), objectClass: 'user', attributes }
  })
}

/** The name that guest 205, who has no account, would get by Left(id, 20): an employee holds it, so a planner must look beyond the OU. */
function takenAccountName(guests: readonly TenantUser[]): string {
  const guest = guests[205]
  if (guest === undefined) throw new Error('The lab has too few guests')
  return guest.id.slice(0, 20)
}

export const serviceAccountName = 'svc-guestbridge'
/** As the service account, with its password, but without the privilege that delegation takes. */
export const limitedAccountName = 'svc-guestbridge-min'

function makeServiceAccounts(): readonly SeedEntry[] {
  const accounts = [
    { name: serviceAccountName, description: 'Guestbridge: creates and keeps shadow accounts' },
    { name: limitedAccountName, description: 'Guestbridge: the same without the privilege to enable delegation' },
    { name: 'svc-backup', description: 'Backup' },
    { name: 'svc-print', description: 'Print server' },
  ]
  return accounts.map(({ name, description }) => ({
    dn: distinguishedName('CN', name, serviceAccountsOu),
    objectClass: 'user',
    attributes: {
      sAMAccountName: [name],
      userPrincipalName: [`${name}@${labDomain.dnsName}`],
      displayName: [name],
      description: [description],
      // Normal account whose password never expires.
      userAccountControl: ['66048'],
    },
  }))
}

/** Groups that give access to the intranet: some guests' accounts are members, one of them an orphan's, one the re-invited guest's. */
function makeGroups(employees: readonly SeedEntry[], shadowAccounts: readonly SeedEntry[]): readonly SeedEntry[] {
  const some = (entries: readonly SeedEntry[], first: number, count: number) => entries.slice(first, first + count).map(({ dn }) => dn)
  const members: Readonly<Record<string, readonly string[]>> = {
    'All Employees': some(employees, 0, employees.length),
    'Intranet Readers': [...some(employees, 0, 20), ...some(shadowAccounts, 0, 16)],
    'Project Falcon Partners': [...some(shadowAccounts, 4, 6), ...some(shadowAccounts, 26, 4)],
    'ERP Users': [...some(employees, 10, 12), ...some(shadowAccounts, 12, 3), ...some(shadowAccounts, 36, 1)],
    'Wiki Editors': some(shadowAccounts, 18, 3),
    'Empty Group': [],
  }
  return Object.entries(members).map(([name, member]) => ({
    dn: distinguishedName('CN', name, groupsOu),
    objectClass: 'group',
    attributes: { sAMAccountName: [name], groupType: [globalSecurityGroup], ...(member.length === 0 ? {} : { member }) },
  }))
}
