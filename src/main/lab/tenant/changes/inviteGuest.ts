import { randomUUID } from 'node:crypto'
import type { TenantStore } from '../store/tenantStore.ts'
import type { TenantUser } from '../tenantUser.ts'
import { withoutValues } from '../tenantUser.ts'
import { asGraphTime, createUser, updateUser } from './userChanges.ts'

export type Invitation = { readonly mail: string; readonly displayName: string | null; readonly userType: 'Guest' | 'Member'; readonly initialDomain: string; readonly now: Date }

/** Where guests can be looked up by their address: mail, other mails and the name that an invitation gave them. */
export function findByAddress(store: TenantStore, address: string): TenantUser | null {
  const wanted = address.toLowerCase()
  return store.listUsers().find(({ mail, otherMails }) => [mail ?? '', ...otherMails].some((known) => known.toLowerCase() === wanted)) ?? null
}

/** A new guest whose invitation is pending. Where the name is taken, as by a guest whose address changed since, a number follows it. */
export function inviteGuest(store: TenantStore, invitation: Invitation): TenantUser {
  const local = invitation.mail.replaceAll(/[^A-Za-z0-9'.\-_!#^~]/g, '_')
  for (let number = 0; ; number += 1) {
    const guest = makeGuest(invitation, `${local}${number === 0 ? '' : number}#EXT#`)
    if (createUser(store, guest).kind === 'done') return guest
  }
}

/** The guest has followed the link: https://learn.microsoft.com/entra/external-id/user-properties. */
export function acceptInvitation(store: TenantStore, guest: TenantUser, now: Date): void {
  const identities = guest.identities.length > 0 ? guest.identities : [{ signInType: 'federated', issuer: 'ExternalAzureAD', issuerAssignedId: '' }]
  updateUser(store, guest, { externalUserState: 'Accepted', externalUserStateChangeDateTime: asGraphTime(now), identities })
}

/** Pending again, for the address given; id and userPrincipalName stay (https://learn.microsoft.com/entra/external-id/reset-redemption-status). */
export function resetRedemption(store: TenantStore, guest: TenantUser, mail: string, now: Date): void {
  const otherMails = guest.otherMails.includes(mail) ? guest.otherMails : [...guest.otherMails, mail]
  updateUser(store, guest, { externalUserState: 'PendingAcceptance', externalUserStateChangeDateTime: asGraphTime(now), mail, otherMails, identities: [] })
}

function makeGuest({ mail, displayName, userType, initialDomain, now }: Invitation, nickname: string): TenantUser {
  return {
    ...withoutValues(),
    id: randomUUID(),
    userPrincipalName: `${nickname}@${initialDomain}`,
    mailNickname: nickname.slice(0, 64),
    displayName: displayName ?? mail.slice(0, mail.indexOf('@')),
    mail,
    otherMails: [mail],
    proxyAddresses: [`SMTP:${mail}`],
    userType,
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: asGraphTime(now),
    creationType: 'Invitation',
    createdDateTime: asGraphTime(now),
  }
}
