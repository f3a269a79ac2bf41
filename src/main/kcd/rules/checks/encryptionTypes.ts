import type { PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { found, passed, whenRead } from '../outcome.ts'
import { readFully } from '../readFully.ts'
import { attributeOf } from '../wording.ts'

/** MS-KILE 2.2.7: AES128 and AES256. */
const aesBits = 0x18

/** 21: Windows issues no RC4 tickets any more from its updates of 2026 on. */
export function checkServiceEncryption({ service }: Subjects['serviceAccount']): readonly Outcome[] {
  return judge(service, service.objectClass === 'computer' ? 'password' : 'password and keytab')
}

/** 24: the connector's own tickets, as those of the service. */
export function checkConnectorEncryption({ account }: Subjects['connectorAccount']): readonly Outcome[] {
  return judge(account, account.objectClass === 'computer' ? 'password' : 'password and keytab')
}

function judge(account: PrincipalFacts, secrets: string): readonly Outcome[] {
  return whenRead(readFully(account, account.encryptionTypes ?? 0), `The encryption types of ${account.accountName}`, (value) => [judgeTypes(account, value, secrets)])
}

function judgeTypes(account: PrincipalFacts, value: number, secrets: string): Outcome {
  const read = attributeOf(account, 'msDS-SupportedEncryptionTypes')
  if (value === 0) return passed(`${account.accountName} names no encryption types of its own: the domain controller's default holds.`, read)
  if ((value & aesBits) !== 0) return passed(`${account.accountName} has AES.`, read)
  return found({
    message: `${account.accountName} has no AES (msDS-SupportedEncryptionTypes 0x${(value >>> 0).toString(16)}): its tickets are RC4 or DES, which updated domain controllers refuse.`,
    // AES without keys would end a service that works: keys are made when a password is set.
    remedy: `Reset the ${secrets} of ${account.accountName} first, so that AES keys exist; then add 0x18 to the value. Taking RC4 away is a later plan of its own.`,
    read, intent: { kind: 'allowAes', account: account.anchor }
  })
}
