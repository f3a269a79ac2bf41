import { secondsOfInstant } from '../../../../shared/domain/instant.ts'
import type { Outcome, Subjects } from '../check.ts'
import { found, notChecked, passed } from '../outcome.ts'
import { readFully } from '../readFully.ts'
import { hasBit, onlyDes } from '../userAccountControl.ts'
import { attributeOf } from '../wording.ts'

/** 22: DES is gone since Windows Server 2008 R2. */
export function checkOnlyDes({ service }: Subjects['serviceAccount']): readonly Outcome[] {
  const read = attributeOf(service, 'userAccountControl')
  if (!hasBit(service.userAccountControl, onlyDes)) return [passed(`${service.accountName} is not bound to DES.`, read)]
  return [found({
    message: `${service.accountName} is bound to DES, which no domain controller uses any more.`,
    remedy: `Reset the password of ${service.accountName} (and its keytab), then clear "Use only Kerberos DES encryption types" (userAccountControl 0x200000).`, read
  })]
}

/** 23: AES keys are made when a password is set while the domain knows AES. Whether they exist, no attribute says. */
export function checkAesKeys({ facts, service }: Subjects['serviceAccount']): readonly Outcome[] {
  const read = attributeOf(service, 'pwdLastSet')
  const question = `Whether ${service.accountName} has AES keys`
  const domain = facts.domains.find((each) => each.dnsName.toLowerCase() === service.domain.toLowerCase())
  if (domain === undefined) return [notChecked(question, `domain ${service.domain} was not read`, read)]
  if (domain.aesSince.kind === 'notRead') return [notChecked(question, domain.aesSince.why, read)]
  const password = readFully(service, service.passwordSetAt)
  if (password.kind === 'notRead') return [notChecked(question, password.why, read)]
  const since = secondsOfInstant(domain.aesSince.value ?? '')
  const set = secondsOfInstant(service.passwordSetAt ?? '')
  if (since !== null && set !== null && set >= since) return [passed(`The password of ${service.accountName} is of ${service.passwordSetAt ?? ''}, when ${domain.dnsName} had AES.`, read)]
  return [found({
    message: since === null
      ? `${service.accountName} can have no AES keys: ${domain.dnsName} shows no sign of AES (there is no group with RID 521).`
      : `${service.accountName} has probably no AES keys: its password ${service.passwordSetAt === null ? 'was never set' : `is of ${service.passwordSetAt}`}, before ${domain.dnsName} had AES (${domain.aesSince.value ?? ''}).`,
    remedy: since === null ? `Bring the domain controllers of ${domain.dnsName} to a supported Windows Server, then reset the password of ${service.accountName}.` : `Reset the password of ${service.accountName}, and make its keytab anew where there is one.`, read
  })]
}
