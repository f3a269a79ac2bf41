import { failed, passed } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { accountScripts } from '../scripts/grantScripts.ts'
import type { DomainWorld } from './domainWorld.ts'

/** Our account, and what the server says where it refuses: locked, expired, disabled, must change (MS-ERREF 2.2, the codes behind 49). */
export async function checkSignIn({ inspector, settings }: DomainWorld, signal: AbortSignal): Promise<CheckAnswer> {
  const signedIn = await inspector.signIn(signal)
  if (!signedIn.ok) {
    const { kind, message, remedy } = signedIn.problem
    // A wrong password and an account that does not exist are refused alike.
    return failed(message, remedy, { read: [`account ${settings.account}`], scripts: kind === 'credentialsRefused' ? accountScripts(settings.account) : [] })
  }
  const { controller, boundAs, domainDn, domainSid } = signedIn.value
  return passed(`${boundAs} is signed in on ${controller}.`, { read: [`domain ${domainDn}`, `SID ${domainSid}`] })
}
