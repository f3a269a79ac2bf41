import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { LabAnswer } from '../../../http/message.ts'
import { findByAddress, inviteGuest, resetRedemption } from '../../changes/inviteGuest.ts'
import { helpdeskAdministrator, userAdministrator } from '../../signIn/delegatedToken.ts'
import type { GraphRole } from '../../tenantSettings.ts'
import type { TenantUser } from '../../tenantUser.ts'
import { answerGraphCreated, answerGraphError, graphErrors } from '../graphErrors.ts'
import { isAllowed, readJsonBody } from '../graphRequest.ts'
import type { Caller, GraphEndpoint, GraphRequest } from '../graphRequest.ts'

const recipient = z.object({ emailAddress: z.object({ name: z.string().nullish(), address: z.string() }) })
const messageSchema = z.object({
  messageLanguage: z.string().nullish(), ccRecipients: z.array(recipient).max(1).nullish(), customizedMessageBody: z.string().max(10_000).nullish(),
})
const bodySchema = z.object({
  invitedUserEmailAddress: z.string().regex(/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/),
  inviteRedirectUrl: z.string().min(1),
  sendInvitationMessage: z.boolean().default(false),
  invitedUserDisplayName: z.string().max(256).nullish(),
  invitedUserType: z.enum(['Guest', 'Member']).default('Guest'),
  invitedUserMessageInfo: messageSchema.nullish(),
  resetRedemption: z.boolean().default(false),
  invitedUser: z.object({ id: z.string() }).nullish(),
})
type InvitationBody = z.infer<typeof bodySchema>

const rolesToInvite: readonly GraphRole[] = ['User.Invite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All']

/** POST /invitations (https://learn.microsoft.com/graph/api/invitation-post). An address that a guest has already invites that guest again, with the same id. */
export const createInvitation: GraphEndpoint = {
  roles: rolesToInvite,
  answer: (graphRequest) => {
    const { context: { store }, request, caller } = graphRequest
    if (store.policies().invitations === 'restricted') return answerGraphError(graphErrors.invitationsRestricted(), request)
    const body = bodySchema.safeParse(readJsonBody(request))
    if (!body.success) return answerGraphError(graphErrors.badRequest(`Invalid value specified for property '${String(body.error.issues[0]?.path[0] ?? 'invitation')}' of resource 'Invitation'.`), request)
    if (!body.data.resetRedemption) return answerNewInvitation(graphRequest, body.data)
    if (!mayResetRedemption(caller)) return answerGraphError(graphErrors.notPermitted(), request)
    return answerReset(graphRequest, body.data)
  },
}

/**
 * Inviting is not enough to take an identity from its holder: User.ReadWrite.All, and a person with one of two roles
 * (https://learn.microsoft.com/entra/external-id/reset-redemption-status, "Required Microsoft Entra roles").
 */
function mayResetRedemption(caller: Caller): boolean {
  return isAllowed(caller, ['User.ReadWrite.All', 'Directory.ReadWrite.All']) && [helpdeskAdministrator, userAdministrator].some((role) => caller.directoryRoles.includes(role))
}

function answerNewInvitation(graphRequest: GraphRequest, body: InvitationBody): LabAnswer {
  const { context, request } = graphRequest
  const known = findByAddress(context.store, body.invitedUserEmailAddress)
  if (known !== null && known.creationType !== 'Invitation') {
    return answerGraphError(graphErrors.badRequest(`The invited user already exists in the directory as object ID: ${known.id}. They can use that account to sign in to shared apps and resources.`), request)
  }
  const [initialDomain = ''] = context.identity.verifiedDomains
  const guest = known ?? inviteGuest(context.store, {
    mail: body.invitedUserEmailAddress, displayName: body.invitedUserDisplayName ?? null, userType: body.invitedUserType, initialDomain, now: new Date(),
  })
  return answerInvitation(graphRequest, body, guest, guest.externalUserState === 'Accepted' ? 'Completed' : 'PendingAcceptance')
}

function answerReset(graphRequest: GraphRequest, body: InvitationBody): LabAnswer {
  const { context: { store }, request } = graphRequest
  const id = body.invitedUser?.id ?? ''
  const guest = store.findById(id)
  if (guest?.deletedDateTime !== null) return answerGraphError(graphErrors.resourceNotFound(id), request)
  resetRedemption(store, guest, body.invitedUserEmailAddress, new Date())
  return answerInvitation(graphRequest, body, guest, 'PendingAcceptance')
}

function answerInvitation({ context, request }: GraphRequest, body: InvitationBody, guest: TenantUser, status: 'PendingAcceptance' | 'Completed'): LabAnswer {
  const message = body.invitedUserMessageInfo
  const redeem = new URLSearchParams({ rd: `${context.signInUrl}/${context.identity.id}/invitations/${randomUUID()}`, user: guest.id })
  return answerGraphCreated({
    '@odata.context': `${context.graphUrl}/v1.0/$metadata#invitations/$entity`,
    id: randomUUID(),
    inviteRedeemUrl: `${context.signInUrl}/redeem?${redeem.toString()}`,
    invitedUserDisplayName: body.invitedUserDisplayName ?? null,
    invitedUserType: body.invitedUserType,
    invitedUserEmailAddress: body.invitedUserEmailAddress,
    sendInvitationMessage: body.sendInvitationMessage,
    resetRedemption: body.resetRedemption,
    inviteRedirectUrl: body.inviteRedirectUrl,
    status,
    invitedUserMessageInfo: {
      messageLanguage: message?.messageLanguage ?? null,
      ccRecipients: message?.ccRecipients ?? [{ emailAddress: { name: null, address: null } }],
      customizedMessageBody: message?.customizedMessageBody ?? null,
    },
    invitedUser: { id: guest.id },
  }, request)
}
