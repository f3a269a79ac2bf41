import type { Reading } from '../../../../shared/domain/delegation.ts'
import type { DelegationChange, PrivilegeOutlook } from '../../../../shared/domain/delegationPlan.ts'
import type { Sid } from '../../../../shared/domain/ids.ts'

export type PrivilegeEvidence = {
  /** Groups of the account that writes. */
  readonly tokenGroups: Reading<readonly Sid[]>
  /** Of the plan; null: it names none. */
  readonly domainSid: Sid | null
  /** How the last write ended that needed the privilege in this domain; null: there was none. */
  readonly last: { readonly run: number; readonly ended: 'written' | 'refused' } | null
}

/** The built-in group that has the privilege by the default policy of domain controllers, and the group that is always in it. */
const administrators = 'S-1-5-32-544'
const domainAdministrators = 512

const policyStep = 'Have an administrator add our account to "Enable computer and user accounts to be trusted for delegation" in the policy of the domain controllers (Guestbridge never grants it), or run the script as one. Resource-based delegation needs no privilege: plan the application with --way resource-based.'

/** Said before the write as far as it can be known. User rights of domain controllers cannot be read over LDAP, so most of it cannot. */
export function judgePrivilege(changes: readonly DelegationChange[], { tokenGroups, domainSid, last }: PrivilegeEvidence): PrivilegeOutlook {
  const needing = changes.filter((change) => change.needsPrivilege).length
  if (needing === 0) return { state: 'notNeeded', why: 'No change of this plan needs a privilege on the domain controllers.', remedy: null }
  const need = `${needing} of ${changes.length} ${changes.length === 1 ? 'change needs' : 'changes need'} SeEnableDelegationPrivilege on the domain controller`
  if (last?.ended === 'refused') return { state: 'refusedBefore', why: `${need}; run ${last.run} was refused for the lack of it.`, remedy: policyStep }
  if (last?.ended === 'written') return { state: 'expected', why: `${need}; run ${last.run} had it.`, remedy: null }
  if (tokenGroups.kind === 'read' && tokenGroups.value.some((sid) => sid === administrators || (domainSid !== null && sid === `${domainSid}-${domainAdministrators}`))) {
    return { state: 'expected', why: `${need}; our account is an administrator of the domain, who has it by default.`, remedy: null }
  }
  return { state: 'unknown', why: `${need}. Whether our account has it cannot be read from here; without it the controller refuses those changes and nothing else.`, remedy: policyStep }
}
