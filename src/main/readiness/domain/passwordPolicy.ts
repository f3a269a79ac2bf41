import { failed, notRead, passed } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { afterSignIn } from './domainWorld.ts'

/** What connectors/ad/randomPassword.ts makes: four classes of characters, so that complexity is always met. */
const generatedLength = 40

export const checkPasswordPolicy = afterSignIn(async ({ inspector }, _signedIn, signal): Promise<CheckAnswer> => {
  const policy = await inspector.readPasswordPolicy(signal)
  if (!policy.ok) return notRead(policy.problem)
  const { minimumLength, isComplexityRequired, readFrom } = policy.value
  const read = [`${readFrom}: at least ${minimumLength} characters, complexity ${isComplexityRequired ? 'required' : 'not required'}`]
  if (minimumLength > generatedLength) {
    return failed(`The policy of the domain asks for ${minimumLength} characters; generated passwords have ${generatedLength}.`, 'Lower the minimum, or give the accounts of the guests a policy of their own (a password settings object for a group).', { read })
  }
  return passed(`Generated passwords (${generatedLength} characters of four classes) meet the policy of the domain. A finer policy for single groups was not looked at.`, { read })
})
