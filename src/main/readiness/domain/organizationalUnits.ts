import { parentDn, sameDn } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import { failed, notRead, passed } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { ouScripts } from '../scripts/grantScripts.ts'
import type { DomainWorld } from './domainWorld.ts'
import { afterSignIn } from './domainWorld.ts'

export const checkGuestOu = afterSignIn((world, _signedIn, signal) => checkOu(world, world.settings.guestOu, 'the OU of the guests', signal))

/** Where leavers' accounts are moved to; many workspaces have none. */
export const checkLeaverOu = afterSignIn(async (world, _signedIn, signal): Promise<CheckAnswer> => {
  const { leaverOu, guestOu } = world.settings
  if (leaverOu === null) return passed('Accounts of guests who left stay where they are: no OU is needed for them.')
  return sameDn(leaverOu, guestOu) ? passed('Accounts of guests who left stay in the OU of the guests.') : checkOu(world, leaverOu, 'the OU of guests who left', signal)
})

async function checkOu({ inspector }: DomainWorld, ou: Dn, what: string, signal: AbortSignal): Promise<CheckAnswer> {
  const security = await inspector.readSecurity(ou, signal)
  if (!security.ok) return notRead(security.problem)
  if (security.value !== null) return passed(`${ou} is there.`, { read: [ou] })
  const parent = parentDn(ou)
  return failed(
    `${ou}, ${what}, does not exist, or our account may not see it.`, 'Create it by the script or from here with an administrator\'s account, or correct it in workspace.json.',
    { read: [ou], scripts: parent === null ? [] : ouScripts(ou, parent), canApply: true },
  )
}
