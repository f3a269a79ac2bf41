import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import { sameDelegationValues } from '../rules/planning/sameDelegationValues.ts'
import type { DelegationExportContext, DelegationTarget } from './delegationExport.ts'

/**
 * After an export that did not come to its end: what the journal has without outcome is looked up in the directory, so that
 * nothing is done twice and an undo knows of it. Another domain's entries wait for an export to that domain.
 */
export async function recoverDelegation({ store, now, signal }: DelegationExportContext, { writer, domainSid }: DelegationTarget): Promise<Result<null, Problem>> {
  for (const { id, change } of await store.openDelegationEntries(domainSid)) {
    const found = await writer.readValues(change.anchor, change.attribute, signal)
    if (!found.ok) return found
    const isDone = found.value !== null && sameDelegationValues(change.attribute, found.value.values, change.after)
    await store.delegationJournalAfter(id, { kind: isDone ? 'foundDone' : 'foundNotDone', at: now() })
  }
  return succeed(null)
}
