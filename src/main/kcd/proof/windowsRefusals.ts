import type { CheckNumber, ProofRefusal } from '../../../shared/domain/delegation.ts'
import { replicationCaution, type Refused } from './refusals.ts'

type Row = {
  readonly step: 'guest' | 'service'
  /** Windows or SSPI error in hexadecimal (winerror.h), and its English text where .NET keeps only that. */
  readonly codes: readonly string[]
  readonly says: RegExp
  readonly reason: ProofRefusal
  readonly checks: readonly CheckNumber[]
  readonly remedy: string
}

/** WindowsIdentity throws a SecurityException that has the text of the error alone; the request of a ticket keeps its code. */
const rows: readonly Row[] = [
  // ERROR_LOGON_FAILURE, ERROR_NO_SUCH_USER, ERROR_NONE_MAPPED
  { step: 'guest', codes: ['0000052E', '00000525', '00000534'], says: /user name or password is incorrect|specified account does not exist|unknown user name/i, reason: 'accountUnknown', checks: [31, 32, 47], remedy: 'Let the account\'s userPrincipalName be that of the guest (synchronise), see that no other account has it, and that its suffix is routed.' },
  // ERROR_ACCOUNT_DISABLED, ERROR_ACCOUNT_EXPIRED, ERROR_ACCOUNT_LOCKED_OUT, ERROR_ACCOUNT_RESTRICTION
  { step: 'guest', codes: ['00000533', '00000701', '00000775', '0000052F'], says: /currently disabled|has expired|locked out|account restriction/i, reason: 'accountRestricted', checks: [33, 35], remedy: 'Enable and unlock the guest\'s account, and look at its expiry.' },
  // ERROR_NO_LOGON_SERVERS
  { step: 'guest', codes: ['0000051F', '0000054B'], says: /no logon servers|domain either does not exist/i, reason: 'unreachable', checks: [27], remedy: 'Let the connector reach a domain controller (port 88, TCP).' },
  // ERROR_TIME_SKEW, SEC_E_TIME_SKEW
  { step: 'guest', codes: ['00000576', '80090324'], says: /time and\/or date difference|clocks .* skewed/i, reason: 'clockSkew', checks: [28], remedy: 'Set the clock of the connector by the domain\'s time service.' },
  { step: 'service', codes: ['80090324', '00000576'], says: /clocks .* skewed/i, reason: 'clockSkew', checks: [28], remedy: 'Set the clock of the connector by the domain\'s time service.' },
  // SEC_E_TARGET_UNKNOWN, SEC_E_WRONG_PRINCIPAL
  { step: 'service', codes: ['80090303', '80090322'], says: /target is unknown|target principal name is incorrect/i, reason: 'serviceUnknown', checks: [15, 16, 17, 12], remedy: 'Register the SPN on exactly one account (setspn -S).' },
  // SEC_E_KDC_UNKNOWN_ETYPE
  { step: 'service', codes: ['80090342'], says: /encryption type requested is not supported/i, reason: 'encryptionType', checks: [21, 23], remedy: 'Reset the password of the account that owns the SPN, then allow AES on it.' },
  // SEC_E_NO_CREDENTIALS, SEC_E_LOGON_DENIED, SEC_E_DELEGATION_REQUIRED, SEC_E_DELEGATION_POLICY, SEC_E_NO_S4U_PROT_SUPPORT: what a client says when the KDC answers BADOPTION or POLICY
  { step: 'service', codes: ['8009030E', '8009030C', '80090345', '8009035E', '80090356'], says: /no credentials are available|logon attempt failed|delegat/i, reason: 'notAllowedToDelegate', checks: [7, 8, 12, 34, 35], remedy: `Put the SPN on the connector's list with "any authentication protocol", and see that the guest's account may be delegated. ${replicationCaution}` },
  // SEC_E_NO_AUTHENTICATING_AUTHORITY
  { step: 'service', codes: ['80090311'], says: /no authority could be contacted/i, reason: 'unreachable', checks: [27], remedy: 'Let the connector reach a domain controller (port 88, TCP).' },
]

/** What a Windows connector's failure means; unknown texts (Windows speaks many languages) stay as they are. */
export function explainWindowsRefusal(step: 'guest' | 'service', code: string | null, text: string): Refused {
  const row = rows.find((candidate) => candidate.step === step && ((code !== null && candidate.codes.includes(code.toUpperCase())) || candidate.says.test(text)))
  const shown = code === null ? text : `${text} (0x${code.toUpperCase()})`
  if (row === undefined) return { kind: 'refused', reason: 'other', text: shown, checks: [], remedy: 'This answer is not known here: look it up by its text, and in the event log of the domain controller (Kerberos-Key-Distribution-Center).' }
  return { kind: 'refused', reason: row.reason, text: shown, checks: row.checks, remedy: row.remedy }
}
