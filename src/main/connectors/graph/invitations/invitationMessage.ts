import type { Invitation } from '../../../../shared/domain/invitation.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { Invited } from '../../invitationPort.ts'
import type { GraphAnswer } from '../graphClient.ts'
import { malformedAnswer } from '../malformedAnswer.ts'
import { isRecord } from '../parseJson.ts'

/** Body of POST /invitations; what is null is left to the tenant. */
export function bodyOf({ mail, displayName, redirectUrl, message, language, cc }: Invitation): Readonly<Record<string, unknown>> {
  const info = {
    ...(message === null ? {} : { customizedMessageBody: message }),
    ...(language === null ? {} : { messageLanguage: language }),
    ...(cc === null ? {} : { ccRecipients: [{ emailAddress: { address: cc } }] }),
  }
  return {
    invitedUserEmailAddress: mail, inviteRedirectUrl: redirectUrl, sendInvitationMessage: true, invitedUserType: 'Guest',
    ...(displayName === null ? {} : { invitedUserDisplayName: displayName }),
    ...(Object.keys(info).length === 0 ? {} : { invitedUserMessageInfo: info }),
  }
}

/** What Graph answered with 201. */
export function readInvited({ url, body, answer }: GraphAnswer): Result<Invited, Problem> {
  const invited: unknown = isRecord(body) ? body['invitedUser'] : null
  const id = isRecord(invited) ? invited['id'] : null
  if (!isRecord(body) || typeof id !== 'string') return fail(malformedAnswer(url, answer.status, answer.headers, 'it is not the answer to an invitation: invitedUser.id is missing'))
  const { status, inviteRedeemUrl } = body
  return succeed({ id, status: typeof status === 'string' ? status : 'PendingAcceptance', redeemUrl: typeof inviteRedeemUrl === 'string' ? inviteRedeemUrl : null })
}
