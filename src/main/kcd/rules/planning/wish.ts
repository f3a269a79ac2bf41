import type { DelegationFacts, DelegationIntent, PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import type { DelegationAttribute, RefusedIntent } from '../../../../shared/domain/delegationPlan.ts'
import type { ObjectGuid } from '../../../../shared/domain/ids.ts'
import type { Result } from '../../../../shared/domain/result.ts'

/** What the planning of one intent may look at. */
export type PlanningWorld = {
  readonly facts: DelegationFacts
  readonly accounts: ReadonlyMap<ObjectGuid, PrincipalFacts>
  /** SPNs that the same plan registers and takes away; key: `spnKey`. */
  readonly registered: ReadonlyMap<string, PrincipalFacts>
  readonly unregistered: ReadonlyMap<string, readonly ObjectGuid[]>
}

export type Refusal = Omit<RefusedIntent, 'intent'>

/** One step towards an intent. Steps on one attribute of one account become one change. */
export type Wish = { readonly kind: 'edit'; readonly edit: Edit } | { readonly kind: 'refused'; readonly refusal: Refusal }

export type Edit = {
  readonly account: PrincipalFacts
  readonly attribute: DelegationAttribute
  /** From what the attribute has by then to what it is to have. */
  readonly apply: (values: readonly string[]) => Result<readonly string[], Refusal>
  /** A sentence with the names in it. */
  readonly reason: string
  readonly cautions: readonly string[]
}

export type IntentOf<Kind extends DelegationIntent['kind']> = Extract<DelegationIntent, { readonly kind: Kind }>

export function refuse(why: string, remedy: string): Wish {
  return { kind: 'refused', refusal: { why, remedy } }
}

export function edit(values: Edit): Wish {
  return { kind: 'edit', edit: values }
}

/** The account of an intent, or the reason why nothing can be planned for it. */
export function withAccount(world: PlanningWorld, anchor: ObjectGuid, plan: (account: PrincipalFacts) => readonly Wish[]): readonly Wish[] {
  const account = world.accounts.get(anchor)
  if (account !== undefined) return plan(account)
  return [refuse(`The account ${anchor} was not found in the directory.`, 'Name an account that exists: its account name, DN or objectGUID.')]
}

/** The KDC looks at its own copy, and the connector asks with tickets that it has. */
export const takesEffectLater = 'It counts once the change has replicated to the domain controllers and the connector has new tickets: "klist -li 0x3e7 purge" there, or a restart.'
