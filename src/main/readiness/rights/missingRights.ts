import type { ObjectSecurity } from '../../../shared/domain/directoryRights.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { DirectoryInspector, OwnAccount } from '../../connectors/readinessPorts.ts'
import type { DomainSettings } from '../domain/domainWorld.ts'
import { isHeld, listNeededRights, namingAttributes } from './neededRights.ts'
import type { NeededRight } from './neededRights.ts'

export type RightsOutcome = { readonly account: OwnAccount; readonly needed: readonly NeededRight[]; readonly missing: readonly NeededRight[] }

/** What of the needed rights in the OUs our account does not hold. */
export async function findMissingRights(inspector: DirectoryInspector, settings: DomainSettings, signal: AbortSignal): Promise<Result<RightsOutcome, Problem>> {
  const attributes = await inspector.readAttributeTypes([...settings.writtenAttributes, ...writtenByLifecycle], signal)
  if (!attributes.ok) return attributes
  return findMissing(inspector, listNeededRights({ ...settings, attributes: attributes.value }), signal)
}

/** Disabling and enabling, our mark (sync-semantics 10), and the names that a rename or a move writes. */
const writtenByLifecycle = ['userAccountControl', 'adminDescription', ...namingAttributes]

export async function findMissing(inspector: DirectoryInspector, needed: readonly NeededRight[], signal: AbortSignal): Promise<Result<RightsOutcome, Problem>> {
  const account = await inspector.readOwnAccount(signal)
  if (!account.ok) return account
  const missing: NeededRight[] = []
  for (const right of needed) {
    const security = await inspector.readSecurity(right.where, signal)
    if (!security.ok) return security
    // What may not even be looked at gives nothing: reading one's own rights needs less than any of these.
    if (security.value === null) return fail(absent(right.where))
    const readable: ObjectSecurity = security.value === 'hidden' ? { owner: null, entries: [] } : security.value
    if (!isHeld(right, readable, account.value.tokenSids)) missing.push(right)
  }
  return succeed({ account: account.value, needed, missing })
}

function absent(where: Dn): Problem {
  return { kind: 'objectNotFound', message: `${where} does not exist, or our account may not see it.`, remedy: 'Make the OU first, or correct it in workspace.json.' }
}
