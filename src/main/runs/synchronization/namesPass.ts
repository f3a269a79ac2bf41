import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { DomainName } from '../../../shared/domain/connectorObject.ts'
import type { CreateRequest } from '../../engine/contract.ts'
import { nameLookups, planNames } from '../../engine/planNames.ts'
import { cancelledProblem } from '../runContext.ts'
import type { AccountsSeen } from './joinAccountsPass.ts'
import { storeDecisions } from './outboundPass.ts'
import { batchSize, type SynchronizationPass } from './pass.ts'

/** Last pass: the names of all new accounts, planned together against the plan and the domain. */
export async function namesPass(pass: SynchronizationPass, requests: readonly CreateRequest[], accounts: AccountsSeen): Promise<Result<null, Problem>> {
  const { context, settings } = pass
  const taken = new Map<string, DomainName>()
  const lookedUp = new Set<string>()
  let wanted = nameLookups(requests)
  for (;;) {
    if (context.signal.aborted) return fail(cancelledProblem)
    for (const [name, owner] of await context.store.findNames(wanted)) taken.set(name, owner)
    for (const name of wanted) lookedUp.add(name.toLowerCase())
    const result = planNames(settings, {
      requests, takenAccountNames: taken, lookedUpAccountNames: lookedUp,
      takenDns: accounts.dns, takenUserPrincipalNames: accounts.userPrincipalNames,
    })
    if (!('needs' in result)) {
      for (let start = 0; start < result.decisions.length; start += batchSize) {
        await storeDecisions(pass, result.decisions.slice(start, start + batchSize))
      }
      return succeed(null)
    }
    wanted = result.needs
  }
}
