import { failed, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { accountScripts } from '../scripts/grantScripts.ts'
import type { DomainWorld } from './domainWorld.ts'

const day = 86_400_000
/** Days before its end from which a password is announced. */
const announced = 30

/** Our account, and what the server says where it refuses: locked, expired, disabled, must change (MS-ERREF 2.2, the codes behind 49). `secret` is the name under which its password is kept. */
export function checkSignIn(secret: 'directory' | 'resource') {
  return (world: DomainWorld, signal: AbortSignal): Promise<CheckAnswer> => signIn(secret, world, signal)
}

async function signIn(secret: string, { inspector, settings, now }: DomainWorld, signal: AbortSignal): Promise<CheckAnswer> {
  const signedIn = await inspector.signIn(signal)
  if (!signedIn.ok) {
    const { kind, message, remedy } = signedIn.problem
    // A wrong password and an account that does not exist are refused alike.
    return failed(message, remedy, { read: [`account ${settings.account}`], scripts: kind === 'credentialsRefused' ? accountScripts(settings.account) : [] })
  }
  const { controller, boundAs, domainDn, domainSid } = signedIn.value
  const account = await inspector.readOwnAccount(signal)
  const expires = account.ok ? account.value.passwordExpires : null
  const read = [`domain ${domainDn}`, `SID ${domainSid}`, ...(expires === null ? [] : [`the password ends on ${expires}`])]
  const days = expires === null ? null : Math.floor((Date.parse(expires) - now) / day)
  if (days === null || days >= announced) return passed(`${boundAs} is signed in on ${controller}.`, { read })
  return warned(`${boundAs} is signed in on ${controller}; its password ends in ${days} ${days === 1 ? 'day' : 'days'}.`, `Give the account a new password and keep it: guestbridge secrets set ${secret}. A password that never expires suits an account that nobody signs in with by hand.`, { read })
}
