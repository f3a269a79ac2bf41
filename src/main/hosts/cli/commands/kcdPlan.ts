import { resolve } from 'node:path'
import type { Input } from '../../../../shared/api/contract.ts'
import type { ShownDelegationPlan } from '../../../../shared/api/delegationPlanCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import type { Caller, CommandContext } from '../commandContext.ts'
import { printDelegationPlan } from '../delegationPlanText.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse, withService } from '../withService.ts'

export type DelegationWishes = Input<'delegation.plan'>['intents']
export type DelegationPlanFormat = 'text' | 'json' | 'powershell' | 'undo-powershell'
type Printing = { readonly out: string | null; readonly format: DelegationPlanFormat }

/** Plans the wishes; writes nothing to the directory. */
export function planDelegation(context: CommandContext, { intents, out, format }: Printing & { readonly intents: DelegationWishes }): Promise<ExitCode> {
  return show(context, { out, format }, (call) => call('delegation.plan', { intents, path: inFolder(context, out) }))
}

export function planDelegationUndo(context: CommandContext, { run, out, format }: Printing & { readonly run: number }): Promise<ExitCode> {
  return show(context, { out, format }, (call) => call('delegation.undoPlan', { run, path: inFolder(context, out) }))
}

/** A plan that was made before, as a script: by its file, or by the hash under which the workspace keeps it. */
export function printDelegationScript(context: CommandContext, plan: string, format: 'powershell' | 'undo-powershell'): Promise<ExitCode> {
  const wanted = /^[0-9a-f]{64}$/i.test(plan) ? { hash: plan } : { path: resolve(context.currentFolder, plan) }
  return withService(context, async (call) => {
    const shown = await call('delegation.planFile', { plan: wanted })
    if (!shown.ok) return refuse(context, shown.problem)
    const script = scriptOf(shown.value, format)
    if (context.output.isJson) context.output.document({ hash: shown.value.hash, script })
    else await context.output.raw(`${script}\n`)
    return exitCodes.done
  })
}

async function show(context: CommandContext, { out, format }: Printing, ask: (call: Caller) => Promise<Result<ShownDelegationPlan, Problem>>): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const shown = await ask(call)
    if (!shown.ok) return refuse(context, shown.problem)
    const plan = shown.value
    if (format === 'json' && !output.isJson) await output.raw(`${JSON.stringify(plan, null, 2)}\n`)
    else if (format === 'powershell' || format === 'undo-powershell') await output.raw(`${scriptOf(plan, format)}\n`)
    else {
      output.document(plan)
      printDelegationPlan(output, plan)
      if (plan.lines.length > 0) output.line(`export it with: ${output.command('kcd', 'export', ...(out === null ? [] : ['--plan', out]), '--approve', plan.hash)}`)
    }
    return exitCodeOf(plan)
  })
}

/** As for the cycle: 3 where something waits for approval; 4 where something that was wished for cannot be. */
function exitCodeOf({ lines, refused, impossible }: ShownDelegationPlan): ExitCode {
  if (lines.length > 0) return exitCodes.blocked
  return refused.length + impossible.length > 0 ? exitCodes.objectErrors : exitCodes.done
}

function scriptOf(plan: ShownDelegationPlan, format: 'powershell' | 'undo-powershell'): string {
  return format === 'powershell' ? plan.powerShell : plan.undoPowerShell
}

function inFolder({ currentFolder }: CommandContext, out: string | null): string | null {
  return out === null ? null : resolve(currentFolder, out)
}
