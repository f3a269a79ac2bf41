import type { CallOptions, Input, Outputs } from '../../../shared/api/contract.ts'
import type { Invitation } from '../../../shared/domain/invitation.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { signInAsPerson, type PersonToken, type SignInPrompt, type SigningIn } from '../../connectors/graph/delegatedSignIn.ts'
import { resetPermission, resetRedemption as sendReset } from '../../connectors/graph/invitations/resetRedemption.ts'
import { isOutcomeUnknown } from '../../connectors/invitationPort.ts'
import { findMistakes } from '../../invitations/checkInvitation.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import { findGuest } from './changeGuest.ts'

type Reset = Outputs['invitations.resetRedemption']

/**
 * The guest redeems anew, with this address; id and userPrincipalName stay, and so does the account. Graph lets a person with a
 * role do that, not the application, and a workspace whose credential is a person has a token to read with: so somebody signs in
 * for this one reset, and the token ends with the call.
 */
export async function resetRedemption(session: WorkspaceSession, input: Input<'invitations.resetRedemption'>, options: CallOptions): Promise<Result<Reset, Problem>> {
  const invitation = { mail: input.mail, redirectUrl: input.redirectUrl, displayName: null, message: null, language: null, cc: null }
  const [mistake] = findMistakes(invitation)
  if (mistake !== undefined) return fail({ kind: 'usage', message: `${mistake.column} "${mistake.value}" ${mistake.message}.`, remedy: 'Correct it; nothing was sent.' })
  const inviter = await session.openInviter()
  if (!inviter.ok) return inviter
  // Before anybody is asked to sign in: the account of a member would be bound to another person's address.
  const guest = await findGuest(inviter.value, input.id, options.signal)
  if (!guest.ok) return guest
  const place = await session.signInTo()
  if (!place.ok) return place
  const person = await askToSignIn(place.value, options)
  if (!person.ok) return person
  return session.asWriter('reset of a redemption', { signal: options.signal, report: options.onProgress }, async () => {
    // Who signs in may take minutes: whether it still is a guest is asked again.
    const still = await findGuest(inviter.value, input.id, options.signal)
    return still.ok ? resetAs(session, { place: place.value, person: person.value, invitation }, input, options.signal) : still
  })
}

async function askToSignIn(place: SigningIn, { signal, onProgress }: CallOptions): Promise<Result<PersonToken, Problem>> {
  const report = (phase: string, signIn?: SignInPrompt): void => onProgress({ run: 0, step: null, connector: 'entra', phase, done: 0, total: null, ...(signIn === undefined ? {} : { signIn }) })
  const signedIn = await signInAsPerson({ ...place, permission: resetPermission }, (prompt) => report(`open ${prompt.address} and enter the code ${prompt.code}`, prompt), signal)
  if (signedIn.ok) report('resetting the redemption')
  return signedIn
}

type Resetting = { readonly place: SigningIn; readonly person: PersonToken; readonly invitation: Invitation }

async function resetAs(session: WorkspaceSession, { place, person: { text, account }, invitation }: Resetting, { id, note }: Input<'invitations.resetRedemption'>, signal: AbortSignal): Promise<Result<Reset, Problem>> {
  // The word stands in the trail before anything goes out: whatever becomes of it, it is known who wanted it, and in whose name.
  await session.audit('redemptionReset', null, { id, note, account })
  // Nobody is asked twice: a token that Graph refuses stays refused.
  const token = () => Promise.resolve(succeed(text))
  const answer = await sendReset(place, { current: token, replace: token }, id, invitation, signal)
  await session.audit('redemptionResetEnded', null, { id, outcome: answer.ok ? answer.value.status : isOutcomeUnknown(answer.problem) ? 'no answer came' : 'refused' })
  if (answer.ok) return succeed({ status: answer.value.status, redeemUrl: answer.value.redeemUrl, account })
  return fail(isOutcomeUnknown(answer.problem) ? notAnswered(id, answer.problem) : answer.problem)
}

function notAnswered(id: string, problem: Problem): Problem {
  return { ...problem, message: `Nobody knows whether the redemption of ${id} was reset: the request went out and no answer came. ${problem.message}`, remedy: 'Look in Entra whether the invitation of the guest is pending. It may be reset again: the guest then gets a second message, and nothing else happens.' }
}
