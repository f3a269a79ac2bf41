import type { Change } from '../../shared/domain/change.ts'
import type { NameAttempt, OutboundDecision, SkipReason } from '../../shared/domain/decision.ts'
import type { WishesInput } from './contract.ts'

/** Who was given which name so far. Local to one call of `planNames`. Values are the metaverse ids that were served. */
export type NamePlan = {
  readonly input: WishesInput
  readonly accountNames: Map<string, string>
  readonly dns: Map<string, string>
  readonly userPrincipalNames: Map<string, string>
  readonly needs: Set<string>
}

export type Named = { readonly decision: OutboundDecision; readonly attempts: readonly NameAttempt[] }

export function unavailable(change: Pick<Change, 'kind' | 'dn' | 'metaverseId'>, attribute: string, name: string, takenBy: string): SkipReason {
  const whose = change.kind === 'create' ? 'the new account' : change.dn
  const problem = {
    kind: 'nameUnavailable',
    message: `The ${attribute} "${name}" of ${whose} is taken by ${takenBy}.`,
    remedy: 'Look at who has it: join that account, rename it, or correct the flow that makes the name. Then synchronise again.',
    connector: 'metaverse',
    object: change.metaverseId,
    detail: { attribute, name, takenBy },
  } as const
  return { kind: 'problem', problem }
}
