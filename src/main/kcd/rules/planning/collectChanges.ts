import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { DelegationIntent, PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import type { DelegationAttribute, DelegationChange, RefusedIntent } from '../../../../shared/domain/delegationPlan.ts'
import { parseSid, type Sid } from '../../../../shared/domain/ids.ts'
import { needsPrivilege } from './needsPrivilege.ts'
import { orderChanges } from './orderChanges.ts'
import { sameDelegationValues } from './sameDelegationValues.ts'
import type { Edit, Wish } from './wish.ts'

export type PlannedIntents = {
  /** In the order in which they are written. */
  readonly changes: readonly DelegationChange[]
  readonly refused: readonly RefusedIntent[]
  /** Of the domain of all changes; null where there is none. */
  readonly domainSid: Sid | null
}

type OfIntent = { readonly intent: DelegationIntent; readonly wish: Wish }
type Draft = { readonly account: PrincipalFacts; readonly attribute: DelegationAttribute; readonly values: readonly string[]; readonly reasons: readonly string[]; readonly cautions: readonly string[] }

/** Steps on one attribute of one account become one change; what comes to nothing becomes none. */
export function collectChanges(wishes: readonly OfIntent[]): PlannedIntents {
  const refused: RefusedIntent[] = []
  const drafts = new Map<string, Draft>()
  let domainSid: Sid | null = null
  for (const { intent, wish } of wishes) {
    if (wish.kind === 'refused') {
      refused.push({ intent, ...wish.refusal })
      continue
    }
    const { account, attribute } = wish.edit
    const key = `${account.anchor} ${attribute}`
    const former = drafts.get(key) ?? { account, attribute, values: valuesOf(account, attribute), reasons: [], cautions: [] }
    const values = wish.edit.apply(former.values)
    const isElsewhere = domainSid !== null && domainOf(account) !== domainSid
    if (!values.ok) refused.push({ intent, ...values.problem })
    else if (sameDelegationValues(attribute, former.values, values.value)) continue
    else if (isElsewhere) refused.push({ intent, why: `${account.accountName} is in another domain (${account.domain}) than the other changes of this plan.`, remedy: 'Plan it by itself: a plan is written to one domain.' })
    else {
      domainSid ??= domainOf(account)
      drafts.set(key, extend(former, wish.edit, values.value))
    }
  }
  const changes = [...drafts.values()].flatMap(changeOf)
  return { changes: orderChanges(changes), refused: distinct(refused), domainSid: changes.length === 0 ? null : domainSid }
}

function extend(draft: Draft, { reason, cautions }: Edit, values: readonly string[]): Draft {
  return { ...draft, values, reasons: [...new Set([...draft.reasons, reason])], cautions: [...new Set([...draft.cautions, ...cautions])] }
}

/** Wishes may cancel each other out. */
function changeOf({ account, attribute, values, reasons, cautions }: Draft): readonly DelegationChange[] {
  const before = valuesOf(account, attribute)
  if (sameDelegationValues(attribute, before, values)) return []
  const { anchor, dn, accountName } = account
  return [{ kind: 'delegation', anchor, dn, accountName, attribute, before, after: values, reason: reasons.join(' '), needsPrivilege: needsPrivilege(attribute, before, values), cautions }]
}

/** As LDAP text, and the descriptor as base64. */
function valuesOf(account: PrincipalFacts, attribute: DelegationAttribute): readonly string[] {
  switch (attribute) {
    case 'msDS-AllowedToDelegateTo': return account.allowedToDelegateTo
    case 'servicePrincipalName': return account.servicePrincipalNames
    case 'userAccountControl': return [String(account.userAccountControl)]
    case 'msDS-SupportedEncryptionTypes': return account.encryptionTypes === null ? [] : [String(account.encryptionTypes)]
    // What was not read is never written: planTrust refuses it before.
    case 'msDS-AllowedToActOnBehalfOfOtherIdentity': return account.trust.kind === 'read' && account.trust.value !== null ? [account.trust.value.base64] : []
    default: return assertNever(attribute)
  }
}

/** A SID without its last part is that of the domain. */
function domainOf({ sid }: PrincipalFacts): Sid {
  const domain = parseSid(sid.slice(0, sid.lastIndexOf('-')))
  return domain.ok ? domain.value : sid
}

function distinct(refused: readonly RefusedIntent[]): readonly RefusedIntent[] {
  return [...new Map(refused.map((refusal) => [JSON.stringify(refusal), refusal])).values()]
}
