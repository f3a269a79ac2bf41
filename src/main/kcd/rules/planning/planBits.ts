import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import { isDomainController } from '../isDomainController.ts'
import { hasBit, onlyDes, trustedForDelegation, trustedToAuthenticateForDelegation } from '../userAccountControl.ts'
import { edit, refuse, takesEffectLater, withAccount, type IntentOf, type PlanningWorld, type Wish } from './wish.ts'

/** Single bits of userAccountControl; all others stay as they are. */
export function planDelegationBit(world: PlanningWorld, intent: IntentOf<'useAnyProtocol' | 'useKerberosOnly' | 'endUnconstrained' | 'allowAes'>): readonly Wish[] {
  return withAccount(world, intent.account, (account) => {
    switch (intent.kind) {
      case 'useAnyProtocol': return [useAnyProtocol(account, `${account.accountName} is to delegate with any authentication protocol, as a proxy needs for users who come without Kerberos.`)]
      case 'useKerberosOnly': return [useKerberosOnly(account)]
      case 'endUnconstrained': return [endUnconstrained(account)]
      case 'allowAes': return [allowAes(account)]
      default: return assertNever(intent.kind)
    }
  })
}

export function useAnyProtocol(account: PrincipalFacts, reason: string): Wish {
  const cautions = hasBit(account.userAccountControl, trustedForDelegation)
    ? [takesEffectLater, `${account.accountName} is trusted for unconstrained delegation as well; end that in a plan of its own.`]
    : [takesEffectLater]
  return edit({ account, attribute: 'userAccountControl', apply: setBit(trustedToAuthenticateForDelegation), reason, cautions })
}

function useKerberosOnly(account: PrincipalFacts): Wish {
  return edit({
    account, attribute: 'userAccountControl', apply: clearBit(trustedToAuthenticateForDelegation), reason: `${account.accountName} is to delegate with Kerberos only.`,
    cautions: [takesEffectLater, `A proxy cannot sign guests in through ${account.accountName} any more while it has a list of services.`],
  })
}

/** On a domain controller unconstrained delegation is normal, and clearing it would cut it off. */
function endUnconstrained(account: PrincipalFacts): Wish {
  if (isDomainController(account)) return refuse(`${account.accountName} is a domain controller, where unconstrained delegation is normal and needed.`, 'Leave it as it is.')
  return edit({
    account, attribute: 'userAccountControl', apply: clearBit(trustedForDelegation), reason: `${account.accountName} is no longer to delegate to every service (unconstrained delegation).`,
    cautions: [takesEffectLater, 'What delegates through this account today stops: name its services in the list before.'],
  })
}

/** AES128 and AES256 of msDS-SupportedEncryptionTypes (MS-KILE 2.2.7). */
const aesTypes = 0x18
const rc4Type = 0x4

/**
 * Adds AES and takes nothing away. Without a value the domain's default applies, which has RC4: to write AES alone would end
 * RC4 for this account, and with it sign-on until its password was changed.
 */
function allowAes(account: PrincipalFacts): Wish {
  const caution = `First reset the password of ${account.accountName} (and make its keytab again): AES keys come with a password. Taking RC4 away is a later plan of its own.`
  const des = hasBit(account.userAccountControl, onlyDes) ? [`${account.accountName} is set to DES only, which overrides this; clear that in its account options.`] : []
  return edit({
    account, attribute: 'msDS-SupportedEncryptionTypes', reason: `${account.accountName} is to accept AES tickets: RC4 ends with the updates of 2026.`, cautions: [caution, ...des],
    apply: ([text]) => {
      const value = Number(text ?? 0)
      return succeed([String((value === 0 ? rc4Type : value) | aesTypes)])
    },
  })
}

function setBit(bit: number) {
  return ([text]: readonly string[]) => succeed([String(Number(text ?? 0) | bit)])
}

function clearBit(bit: number) {
  return ([text]: readonly string[]) => succeed([String(Number(text ?? 0) & ~bit)])
}
