import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { JoinDecision } from '../../../../shared/domain/lifecycle.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import type { Caller, CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { renderTable } from '../table.ts'
import { refuse, withService } from '../withService.ts'

export function listDecisions(context: CommandContext): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const decisions = await call('decisions.list', {})
    if (!decisions.ok) return refuse(context, decisions.problem)
    output.document({ decisions: decisions.value })
    if (decisions.value.length === 0) output.line('Nothing was decided by hand: the join criteria decide alone.')
    else renderTable<JoinDecision>(decisions.value, [
      { title: 'Account', value: ({ anchor }) => anchor },
      { title: 'Decision', value: describeDecision, maximum: 80 },
      { title: 'Note', value: ({ note }) => note },
      { title: 'By', value: ({ by }) => by },
      { title: 'At', value: ({ at }) => at },
    ]).forEach((line) => output.line(line))
    return exitCodes.done
  })
}

export function join(context: CommandContext, input: { readonly account: string; readonly person: string; readonly note: string }): Promise<ExitCode> {
  return decide(context, (call) => call('decisions.join', input))
}

export function disconnect(context: CommandContext, input: { readonly account: string; readonly note: string }): Promise<ExitCode> {
  return decide(context, (call) => call('decisions.disconnect', input))
}

export function leaveAlone(context: CommandContext, input: { readonly account: string; readonly note: string }): Promise<ExitCode> {
  return decide(context, (call) => call('decisions.leaveAlone', input))
}

export function forgetDecision(context: CommandContext, account: string): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const forgotten = await call('decisions.forget', { account })
    if (!forgotten.ok) return refuse(context, forgotten.problem)
    output.document({ forgotten: forgotten.value })
    output.line(`Forgotten: ${describeDecision(forgotten.value)}. The join criteria decide again at the next synchronisation.`)
    return exitCodes.done
  })
}

function decide(context: CommandContext, ask: (call: Caller) => Promise<Result<JoinDecision, Problem>>): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const decided = await ask(call)
    if (!decided.ok) return refuse(context, decided.problem)
    output.document({ decision: decided.value })
    output.line(`${decided.value.anchor}: ${describeDecision(decided.value)}. It takes effect at the next synchronisation.`)
    return exitCodes.done
  })
}

function describeDecision({ decision }: JoinDecision): string {
  switch (decision.kind) {
    case 'join': return `joined to ${decision.metaverseId}`
    case 'disconnect': return `never joined to ${decision.metaverseId}`
    case 'leaveAlone': return 'left alone: joined to nobody, never written'
    default: return assertNever(decision)
  }
}
