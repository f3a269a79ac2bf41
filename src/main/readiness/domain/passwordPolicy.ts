import type { FinerPolicy } from '../../connectors/readinessPorts.ts'
import { notRead } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { grantScripts } from '../scripts/grantScripts.ts'
import { passwordSettingsRight } from '../rights/neededRights.ts'
import { afterSignIn } from './domainWorld.ts'
import { judgePasswordPolicies } from './judgePasswordPolicies.ts'

/** The policy of the domain, and the finer ones that take its place for the accounts that we make and for those that are there. */
export const checkPasswordPolicy = afterSignIn(async ({ inspector, settings }, { domainDn }, signal): Promise<CheckAnswer> => {
  const policy = await inspector.readPasswordPolicy(signal)
  if (!policy.ok) return notRead(policy.problem)
  const finer = await inspector.readFinerPolicies(settings.guestOu, signal)
  if (!finer.ok) return notRead(finer.problem)
  const answer = judgePasswordPolicies(policy.value, finer.value)
  if (!hasUnread(finer.value) || answer.state !== 'notChecked') return answer
  const account = await inspector.readOwnAccount(signal)
  return account.ok ? { ...answer, scripts: grantScripts(account.value, [passwordSettingsRight(domainDn)]), canApply: true } : answer
})

function hasUnread(policies: readonly FinerPolicy[]): boolean {
  return policies.some(({ demands }) => demands.kind === 'notRead')
}
