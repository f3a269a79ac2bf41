import type { InvitationSent } from '../../../../shared/api/invitationCalls.ts'
import type { Preview } from '../../../../shared/api/contract.ts'
import type { Invitation, KnownGuest } from '../../../../shared/domain/invitation.ts'
import { askYes } from '../askYes.ts'
import type { Caller, CommandContext } from '../commandContext.ts'
import { exitCodeOfRun, exitCodes, type ExitCode } from '../exitCodes.ts'
import type { Output } from '../output.ts'
import { refuse, withService } from '../withService.ts'
import { printPreview } from './preview.ts'
import { printRun } from './run.ts'

/** `confirmed`: --yes was given for the invitation. `approve`: the hash of the one change, or null to be asked. */
export type Inviting = { readonly invitation: Invitation; readonly confirmed: 'yes' | 'ask'; readonly until: 'invited' | 'provisioned' }

/**
 * One guest in one go: found or invited, waited for, previewed, approved, provisioned, checked for sign-on. Each write is
 * shown before, and done only after a person has said yes.
 */
export function inviteGuest(context: CommandContext, inviting: Inviting): Promise<ExitCode> {
  return withService(context, async (call) => {
    const { output } = context
    const sent = await findOrInvite(context, call, inviting)
    if (typeof sent === 'number') return sent
    const id = idOf(sent)
    if (id === null) return refuseAmbiguous(context, sent)
    if (inviting.until === 'invited') {
      output.document({ sent })
      return exitCodes.done
    }
    output.line('Waiting until the tenant and an import show the guest …')
    const awaited = await call('invitations.await', { id })
    if (!awaited.ok) return refuse(context, awaited.problem)
    if (!awaited.value.isImported) {
      output.document({ sent, preview: null })
      output.line('The guest is in the tenant, and no import has shown him yet: the next cycle will. Then: ' + output.command('preview', id))
      return exitCodes.blocked
    }
    const preview = await call('preview', { id })
    if (!preview.ok) return refuse(context, preview.problem)
    printPreview(output, id, preview.value)
    return provision(context, call, { sent, id, preview: preview.value, inviting })
  })
}

async function findOrInvite(context: CommandContext, call: Caller, { invitation, confirmed }: Inviting): Promise<InvitationSent | ExitCode> {
  const { output } = context
  const found = await call('invitations.find', { mail: invitation.mail })
  if (!found.ok) return refuse(context, found.problem)
  if (found.value.users.length > 0) {
    output.line('The address is known; nobody is invited again:')
    found.value.users.forEach((user) => printUser(output, user))
    return { kind: 'exists', users: found.value.users }
  }
  printInvitation(output, invitation)
  if (confirmed === 'ask' && !(await askYes(context, 'Invite?'))) {
    return refuse(context, { kind: 'approvalMismatch', message: 'Nobody was invited: it was not confirmed.', remedy: 'Answer yes, or give --yes after reading what would be sent.' })
  }
  const sent = await call('invitations.send', { invitation })
  if (!sent.ok) return refuse(context, sent.problem)
  if (sent.value.kind === 'invited') output.line(`${output.style('green', 'Invited')}: ${sent.value.id} (${sent.value.status})${sent.value.redeemUrl === null ? '' : `\n  to redeem: ${sent.value.redeemUrl}`}`)
  return sent.value
}

type Provisioning = { readonly sent: InvitationSent; readonly id: string; readonly preview: Preview; readonly inviting: Inviting }

async function provision(context: CommandContext, call: Caller, { sent, id, preview, inviting }: Provisioning): Promise<ExitCode> {
  const { output } = context
  const { change } = preview
  if (change === null) {
    output.document({ sent, preview })
    output.line('Nothing is to be written for this guest now; the story above says why.')
    return isInvitationPending(preview) ? waitForGuest(output, inviting) : checkSignOn(context, call, id)
  }
  output.line(`The hash of this one change is ${change.planHash}`)
  // --yes was given before the change could be read: it speaks for the new account that was asked for, and for nothing else.
  const isWanted = (inviting.confirmed === 'yes' && change.change.kind === 'create') || (await askYes(context, 'Write exactly this to Active Directory?'))
  if (!isWanted) {
    output.document({ sent, preview })
    output.line(`Not written. To write it: ${output.command('provision', id, '--approve', change.planHash)}`)
    return exitCodes.blocked
  }
  const written = await call('plan.provision', { id, approve: change.planHash, lifts: [] })
  if (!written.ok) return refuse(context, written.problem)
  output.document({ sent, preview, written: written.value })
  if (written.value.kind === 'blocked') {
    output.line(`A threshold blocks it; to see which: ${output.command('plan')}`)
    return exitCodes.blocked
  }
  printRun(output, written.value.run)
  const code = exitCodeOfRun(written.value.run)
  return code === exitCodes.done ? checkSignOn(context, call, id) : code
}

function isInvitationPending({ explanation }: Preview): boolean {
  return explanation.steps.some((step) => step.kind === 'decision' && step.decision.kind === 'skip' && step.decision.reason.kind === 'invitationPending')
}

/** Who is known is not invited again, so the same command goes on from here. There is no account yet whose sign-on could be checked. */
function waitForGuest(output: Output, { invitation, confirmed }: Inviting): ExitCode {
  output.line(`When the guest has accepted, go on with: ${output.command('invite', invitation.mail, '--provision', ...(confirmed === 'yes' ? ['--yes'] : []))}`)
  output.line(`Where guests are to have accounts before they accept, set lifecycle.createForPendingInvitations to true in workspace.json, then: ${output.command('run', 'cycle')}`)
  return exitCodes.blocked
}

/** Only where delegation is configured there is something to check. */
async function checkSignOn(context: CommandContext, call: Caller, id: string): Promise<ExitCode> {
  const { output } = context
  const checked = await call('delegation.check', { applications: null, guests: [id] })
  if (!checked.ok) {
    output.line(`Sign-on was not checked: ${checked.problem.message}`)
    return exitCodes.done
  }
  const { readiness } = checked.value
  if (readiness.length === 0) output.line(`Sign-on was not checked: no application is configured. To see what is: ${output.command('kcd', 'check')}`)
  for (const { application, state, findings } of readiness) {
    output.line(`Sign-on to ${application}: ${state}`)
    findings.forEach((position) => {
      const finding = checked.value.findings[position]
      if (finding !== undefined && finding.state !== 'passed') output.line(`  ${finding.message}`)
    })
  }
  return exitCodes.done
}

function idOf(sent: InvitationSent): string | null {
  if (sent.kind === 'invited') return sent.id
  const [first, ...others] = sent.users
  return first !== undefined && others.length === 0 ? first.id : null
}

function refuseAmbiguous(context: CommandContext, sent: InvitationSent): ExitCode {
  const users = sent.kind === 'exists' ? sent.users : []
  const names = users.map(({ userPrincipalName }) => userPrincipalName).join(', ')
  const commands = users.map(({ id }) => context.output.command('preview', id)).join(', or ')
  return refuse(context, { kind: 'joinAmbiguous', message: `Several users have the address: ${names}.`, remedy: `Go on with the one that is meant: ${commands}` })
}

export function printUser(output: Output, { id, displayName, userPrincipalName, userType, externalUserState, isEnabled }: KnownGuest): void {
  output.line(`  ${displayName ?? '(no name)'}  ${userPrincipalName}`)
  output.line(`  ${userType ?? 'user'}${externalUserState === null ? '' : `, ${externalUserState}`}${isEnabled === false ? ', blocked' : ''}  ${id}`)
}

function printInvitation(output: Output, { mail, displayName, redirectUrl, message, language, cc }: Invitation): void {
  output.line(output.style('bold', `Invitation of ${mail}`))
  const parts = { name: displayName, 'leads to': redirectUrl, language, message, cc }
  for (const [name, value] of Object.entries(parts)) if (value !== null) output.line(`  ${name.padEnd(9)} ${value}`)
}
