import type { TenantUser } from '../tenant/tenantUser.ts'
import { withoutValues } from '../tenant/tenantUser.ts'
import { partners, romanize } from './partners.ts'
import type { Partner } from './partners.ts'
import { makeSeededRandom } from './random.ts'
import { seedExpectations } from './seedExpectations.ts'
import { unusualGuests } from './unusualGuests.ts'

export const initialDomain = 'contosolab.onmicrosoft.com'

type Names = Pick<TenantUser, 'displayName' | 'givenName' | 'surname'>
type Invitation = { readonly names: Names; readonly mail: string; readonly hasMail: 'yes' | 'no'; readonly partner: Partner }

const dayInMilliseconds = 86_400_000
const firstInvitation = Date.UTC(2024, 0, 8, 9)

/**
 * All guests of the lab, the unusual ones first. `domainSid` is that of the lab's domain, where some are said to have accounts. What they are besides their names goes by position (`states`), so that
 * seedExpectations can say how many there are of each.
 */
export function makeGuests(domainSid: string): readonly TenantUser[] {
  const usual = seedExpectations.guests - unusualGuests.length
  const invitations = [...unusualGuests.map(inviteUnusual), ...Array.from({ length: usual }, (_, index) => inviteUsual(index))]
  const ids = makeIds(invitations.length)
  return invitations.map((invitation, index) => {
    const guest = { ...makeGuest(invitation, ids[index] ?? '', index), ...stateOf(index, invitation, domainSid) }
    return positions.renamed(index) ? asRenamed(guest) : guest
  })
}

const addedSurname = '-Lang'

/** Married since the invitation: another surname, address and userPrincipalName, the former address kept among the others. */
function asRenamed(guest: TenantUser): TenantUser {
  const [formerMail = ''] = guest.otherMails
  const mail = formerMail.replace('@', `${addedSurname.toLowerCase()}@`)
  const surname = guest.surname ?? ''
  return {
    ...guest, surname: `${surname}${addedSurname}`, displayName: guest.displayName.replace(surname, `${surname}${addedSurname}`),
    userPrincipalName: guestPrincipalName(mail), mail, otherMails: [mail, formerMail], proxyAddresses: [`SMTP:${mail}`, `smtp:${formerMail}`],
  }
}

/** A renamed guest as accounts of that time know them. */
export function formerSelf(guest: TenantUser): TenantUser {
  const formerMail = guest.otherMails.at(-1) ?? ''
  const surname = (guest.surname ?? '').replace(addedSurname, '')
  return { ...guest, surname, displayName: guest.displayName.replace(addedSurname, ''), mail: formerMail, userPrincipalName: guestPrincipalName(formerMail) }
}

/** Guests who were deleted less than 30 days ago: they are found among the deleted items only. */
export function makeDeletedGuests(): readonly TenantUser[] {
  const random = makeSeededRandom(0x0de1e7ed)
  return Array.from({ length: seedExpectations.softDeletedGuests }, (_, index) => {
    const guest = makeGuest(inviteUsual(400 + index), random.nextGuid(), 300 + index)
    // Graph puts the id before the name of a deleted user, so that the name is free again.
    const userPrincipalName = `${guest.id.replaceAll('-', '')}${guest.userPrincipalName}`
    return { ...guest, userPrincipalName, deletedDateTime: '2026-01-15T08:30:00Z' }
  })
}

/** `ana.souza@fabrikam.com` → `ana.souza_fabrikam.com#EXT#@…`; what a UPN may not hold becomes `_`. */
export function guestPrincipalName(mail: string): string {
  return `${mail.replaceAll(/[^A-Za-z0-9'.\-_!#^~]/g, '_')}#EXT#@${initialDomain}`
}

function inviteUnusual(guest: (typeof unusualGuests)[number]): Invitation {
  const partner = partners.find(({ domain }) => domain === guest.domain)
  if (partner === undefined) throw new Error(`${guest.what}: no partner has the domain ${guest.domain}`)
  const names = { displayName: guest.displayName, givenName: guest.givenName ?? null, surname: guest.surname ?? null }
  return { names, mail: `${guest.address}@${guest.domain}`, hasMail: guest.hasNoMail ? 'no' : 'yes', partner }
}

function inviteUsual(index: number): Invitation {
  const partner = partners[index % partners.length]
  if (partner === undefined) throw new Error('The lab has no partners')
  const turn = Math.floor(index / partners.length)
  const givenName = partner.givenNames[turn % 8] ?? ''
  const surname = partner.surnames[(turn * 3 + Math.floor(turn / 8)) % 8] ?? ''
  const styles = [`${givenName} ${surname}`, `${givenName} ${surname}`, `${surname}, ${givenName}`, `${givenName} ${surname} (${partner.name})`]
  const names = { displayName: styles[turn % 4] ?? '', givenName, surname }
  return { names, mail: `${romanize(givenName)}.${romanize(surname)}@${partner.domain}`, hasMail: 'yes', partner }
}

function makeGuest(invitation: Invitation, id: string, index: number): TenantUser {
  const { mail, partner } = invitation
  const invitedAt = new Date(firstInvitation + index * 2.5 * dayInMilliseconds).toISOString().replace('.000Z', 'Z')
  const userPrincipalName = guestPrincipalName(mail)
  return {
    ...withoutValues(),
    ...invitation.names,
    id,
    userPrincipalName,
    mailNickname: userPrincipalName.slice(0, userPrincipalName.indexOf('@')).slice(0, 64),
    mail: invitation.hasMail === 'yes' ? mail : null,
    otherMails: [mail],
    proxyAddresses: invitation.hasMail === 'yes' ? [`SMTP:${mail}`] : [],
    identities: [
      { signInType: 'federated', issuer: 'ExternalAzureAD', issuerAssignedId: '' },
      { signInType: 'userPrincipalName', issuer: initialDomain, issuerAssignedId: userPrincipalName },
    ],
    userType: 'Guest',
    externalUserState: 'Accepted',
    externalUserStateChangeDateTime: invitedAt,
    creationType: 'Invitation',
    createdDateTime: invitedAt,
    companyName: index % 9 === 4 ? null : partner.name,
    usageLocation: index % 4 === 0 ? partner.usageLocation : null,
    country: index % 5 === 0 ? partner.country : null,
    jobTitle: index % 6 === 0 ? 'Consultant' : null,
  }
}

/** Positions among the guests: none belongs to two of these groups. */
export const positions = {
  pending: (index: number) => index >= 60 && index < 60 + seedExpectations.pendingGuests,
  blocked: (index: number) => index >= 90 && index < 90 + seedExpectations.blockedGuests,
  masteredInActiveDirectory: (index: number) => index >= 110 && index < 110 + seedExpectations.masteredInActiveDirectory,
  renamed: (index: number) => index >= 170 && index < 170 + seedExpectations.renamedGuests,
  restored: (index: number) => index >= 230 && index < 230 + seedExpectations.restoredGuests,
  cloudSync: (index: number) => index >= 120 && index < 120 + seedExpectations.provisionedByCloudSync,
} as const

function stateOf(index: number, invitation: Invitation, domainSid: string): Partial<TenantUser> {
  if (positions.pending(index)) return { externalUserState: 'PendingAcceptance', identities: [] }
  if (positions.blocked(index)) return { accountEnabled: false }
  const accountName = invitation.mail.slice(0, invitation.mail.indexOf('@')).slice(0, 20)
  const onPremises = { onPremisesSamAccountName: accountName, onPremisesDomainName: 'contoso.lab', onPremisesLastSyncDateTime: '2026-02-01T06:00:00Z' }
  if (positions.masteredInActiveDirectory(index)) return { ...onPremises, onPremisesSyncEnabled: true, onPremisesSecurityIdentifier: `${domainSid}-${4000 + index}` }
  return positions.cloudSync(index) ? { ...onPremises, onPremisesSecurityIdentifier: `${domainSid}-${5000 + index}` } : {}
}

/** Ids in the order of guests. Those of `sharedPrefixes` agree in their first 20 characters with the one before. */
export const sharedPrefixes: readonly number[] = [141, 151, 161]

function makeIds(count: number): readonly string[] {
  const random = makeSeededRandom(0x6e57b41d)
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    const id = random.nextGuid()
    const former = ids.at(-1)
    ids.push(sharedPrefixes.includes(index) && former !== undefined ? former.slice(0, 20) + id.slice(20) : id)
  }
  return ids
}
