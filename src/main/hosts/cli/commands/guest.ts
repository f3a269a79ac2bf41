import type { Input } from '../../../../shared/api/contract.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse, withService } from '../withService.ts'
import { printUser } from './invite.ts'

export function setEnabled(context: CommandContext, input: Input<'invitations.setEnabled'>): Promise<ExitCode> {
  return withService(context, async (call) => {
    const { output } = context
    const changed = await call('invitations.setEnabled', input)
    if (!changed.ok) return refuse(context, changed.problem)
    output.document(changed.value)
    output.line(`${input.enabled === 'blocked' ? 'Blocked' : 'Unblocked'} in the tenant:`)
    if (changed.value.guest !== null) printUser(output, changed.value.guest)
    output.line(`The account in Active Directory follows with the next plan: ${output.command('run', 'delta cycle')}`)
    return exitCodes.done
  })
}

export function resetRedemptionOf(context: CommandContext, input: Input<'invitations.resetRedemption'>): Promise<ExitCode> {
  return withService(context, async (call) => {
    const { output } = context
    const reset = await call('invitations.resetRedemption', input)
    if (!reset.ok) return refuse(context, reset.problem)
    output.document(reset.value)
    output.line(`The guest redeems anew with ${input.mail} (${reset.value.status}); id, userPrincipalName and account stay.`)
    if (reset.value.account !== null) output.line(`  reset by ${reset.value.account}, whose sign-in is not kept`)
    if (reset.value.redeemUrl !== null) output.line(`  to redeem: ${reset.value.redeemUrl}`)
    return exitCodes.done
  })
}
