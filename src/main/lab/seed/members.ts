import type { TenantUser } from '../tenant/tenantUser.ts'
import { withoutValues } from '../tenant/tenantUser.ts'
import { guestPrincipalName, initialDomain } from './guests.ts'
import { makeSeededRandom } from './random.ts'
import { seedExpectations } from './seedExpectations.ts'

const givenNames = ['Adele', 'Alex', 'Diego', 'Grady', 'Isaiah', 'Johanna', 'Joni', 'Lee', 'Lidia', 'Lynne', 'Megan', 'Miriam', 'Nestor', 'Patti', 'Pradeep']
const surnames = ['Vance', 'Wilber', 'Siciliani', 'Archie', 'Langer', 'Lorenz', 'Sherman', 'Gu', 'Holloway', 'Robbins', 'Bowen', 'Graham', 'Wilke', 'Fernandez', 'Gupta']

/** Members of the tenant, who are never imported: cloud users, users synchronised from the directory, and external members with `#EXT#`. */
export function makeMembers(domainSid: string): readonly TenantUser[] {
  const random = makeSeededRandom(0x3e3be25)
  return Array.from({ length: seedExpectations.members }, (_, index) => {
    const givenName = givenNames[index % givenNames.length] ?? ''
    const surname = surnames[(index * 7 + Math.floor(index / givenNames.length)) % surnames.length] ?? ''
    const member = makeMember(random.nextGuid(), givenName, surname)
    if (index < seedExpectations.externalMembers) return asExternalMember(member)
    return index % 2 === 0 ? asSynchronized(member, `${domainSid}-${6000 + index}`) : member
  })
}

function makeMember(id: string, givenName: string, surname: string): TenantUser {
  const nickname = `${givenName}.${surname}`.toLowerCase()
  return {
    ...withoutValues(),
    id,
    userPrincipalName: `${nickname}@${initialDomain}`,
    mailNickname: nickname,
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    mail: `${nickname}@${initialDomain}`,
    proxyAddresses: [`SMTP:${nickname}@${initialDomain}`],
    identities: [{ signInType: 'userPrincipalName', issuer: initialDomain, issuerAssignedId: `${nickname}@${initialDomain}` }],
    userType: 'Member',
    createdDateTime: '2023-05-02T07:00:00Z',
    companyName: 'Contoso',
    department: 'Operations',
    usageLocation: 'DE',
  }
}

/** Invited, then made a member: the UPN looks like a guest's. */
function asExternalMember(member: TenantUser): TenantUser {
  const mail = `${member.mailNickname}@fabrikam.com`
  return {
    ...member, userPrincipalName: guestPrincipalName(mail), mail, otherMails: [mail], externalUserState: 'Accepted', creationType: 'Invitation', companyName: 'Fabrikam',
  }
}

function asSynchronized(member: TenantUser, sid: string): TenantUser {
  return {
    ...member,
    onPremisesSyncEnabled: true,
    onPremisesSamAccountName: member.mailNickname.slice(0, 20),
    onPremisesSecurityIdentifier: sid,
    onPremisesUserPrincipalName: `${member.mailNickname}@contoso.lab`,
    onPremisesDomainName: 'contoso.lab',
    onPremisesLastSyncDateTime: '2026-02-01T06:00:00Z',
  }
}
