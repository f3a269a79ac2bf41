import { notRead, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { afterSignIn } from './domainWorld.ts'

/** Asked about a name that nobody has: what matters is whether there is an answer (sync-semantics 18). */
const nobody = 'guestbridge-readiness@invalid.example'

export const checkGlobalCatalog = afterSignIn(async ({ reader }, _signedIn, signal): Promise<CheckAnswer> => {
  const directory = await reader()
  if (!directory.ok) return notRead(directory.problem)
  const answers = await directory.value.findInForest('userPrincipalName', [nobody], signal)
  if (!answers.ok) return notRead(answers.problem)
  const answer = answers.value.get(nobody)
  if (answer !== undefined && answer.kind !== 'notChecked') return passed('A global catalog answers: names are checked in the whole forest.')
  return warned(
    `No global catalog answers, so whether a userPrincipalName is unique in the forest is not checked. ${answer?.why ?? ''}`.trim(),
    'Name one in `globalCatalogs` of `activeDirectory` (ldaps://gc1.contoso.com:3269), and see that nothing between it and this computer closes port 3269.',
  )
})
