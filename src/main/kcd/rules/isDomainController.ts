import type { PrincipalFacts } from '../../../shared/domain/delegation.ts'
import { domainController, hasBit } from './userAccountControl.ts'

/** Writable controllers are in the group with RID 516, read-only ones in that with RID 521. */
export function isDomainController(account: PrincipalFacts): boolean {
  return account.primaryGroupId === 516 || account.primaryGroupId === 521 || hasBit(account.userAccountControl, domainController)
}
