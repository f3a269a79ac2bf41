import { failed, nameSome, notRead, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { findMissingRights } from '../rights/missingRights.ts'
import type { NeededRight } from '../rights/neededRights.ts'
import { grantScripts } from '../scripts/grantScripts.ts'
import { afterSignIn } from './domainWorld.ts'

/** From the descriptors of the OUs and the token of our account (sync-semantics 20); nothing is tried. */
export const checkEffectiveRights = afterSignIn(async ({ inspector, settings }, _signedIn, signal): Promise<CheckAnswer> => {
  const found = await findMissingRights(inspector, settings, signal)
  if (!found.ok) return notRead(found.problem)
  const { account, needed, missing } = found.value
  const read = [`${account.accountName} (${account.sid}) with ${account.tokenSids.size} SIDs in its token`, ...settings.managedOus.map((ou) => `rights on ${ou}`)]
  if (missing.length === 0) return passed(`Our account holds all ${needed.length} rights that the rules and the lifecycle need; the descriptors of the OUs say so.`, { read })
  const more = { read: [...read, ...missing.map(({ words }) => `missing: ${words}`)], scripts: grantScripts(account, missing), canApply: true }
  const required = missing.filter(({ necessity }) => necessity === 'required')
  if (required.length > 0) return failed(`Our account may not ${list(required)}.`, 'Delegate exactly these rights: by the script, or from here with an administrator\'s account.', more)
  return warned(`Our account may not ${list(missing)}. Only undoing an export by deletion needs that.`, 'Delegate it by the script or from here, or leave it as it is: least privilege.', more)
})

function list(rights: readonly NeededRight[]): string {
  return nameSome(rights.map(({ words }) => words), 4)
}
