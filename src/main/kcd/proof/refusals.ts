import type { CheckNumber, ProofOutcome, ProofRefusal } from '../../../shared/domain/delegation.ts'

/** Where it happened: signing in as the connector, asking for a ticket of the guest to itself (S4U2Self), and on to the service (S4U2Proxy). */
export type ProofStep = 'signIn' | 'guest' | 'service'
export type Refused = Extract<ProofOutcome['result'], { kind: 'refused' }>
type Explanation = { readonly reason: ProofRefusal; readonly checks: readonly CheckNumber[]; readonly remedy: string }
type Row = Explanation & { readonly says: RegExp; readonly at: readonly ProofStep[] }

const anywhere = ['signIn', 'guest', 'service'] as const
const unusable = 'Enable and unlock it, and look at its expiry.'

/**
 * The error texts of MIT's library (krb5 1.20, lib/krb5/error_tables, locale C) and what they mean here; the first row that
 * fits decides. The numbers are those of RFC 4120 7.5.9, which Windows and Samba send alike unless a row says otherwise.
 */
const rows: readonly Row[] = [
  // KRB_AP_ERR_SKEW
  { says: /Clock skew too great/, at: anywhere, reason: 'clockSkew', checks: [28], remedy: 'Set the clocks of this machine and of the domain controllers by one time service: Kerberos allows five minutes.' },
  { says: /Cannot contact any KDC|Cannot resolve servers for KDC|Cannot find KDC for realm/, at: anywhere, reason: 'unreachable', checks: [27], remedy: 'Open port 88 (TCP) from this machine to a domain controller, and correct the servers in workspace.json or the SRV records _kerberos._tcp in DNS.' },
  // KDC_ERR_ETYPE_NOSUPP
  { says: /KDC has no support for encryption type|No supported encryption types|Program lacks support for encryption type/, at: ['signIn'], reason: 'encryptionType', checks: [24], remedy: 'Allow AES on the connector\'s account, reset its password after that, and make a new keytab.' },
  { says: /KDC has no support for encryption type|No supported encryption types|Program lacks support for encryption type/, at: ['guest', 'service'], reason: 'encryptionType', checks: [21, 23], remedy: 'Reset the password of the account that owns the SPN and renew the keytab of its service, then allow AES on it.' },
  { says: /Keytab contains no suitable keys|Key table file .* not found|Key table entry not found|Unsupported key table format/, at: ['signIn'], reason: 'connectorRefused', checks: [], remedy: 'Give a keytab that holds the present key of the connector\'s account: ktpass or "samba-tool domain exportkeytab" make one.' },
  // KDC_ERR_PREAUTH_FAILED; KRB_AP_ERR_BAD_INTEGRITY
  { says: /Password incorrect|Preauthentication failed|Pre-authentication failed|Decrypt integrity check failed/, at: ['signIn'], reason: 'connectorRefused', checks: [], remedy: 'Its password has changed since: give the present one, or make a new keytab.' },
  // KDC_ERR_C_PRINCIPAL_UNKNOWN, KDC_ERR_CLIENT_REVOKED, KDC_ERR_NAME_EXP, KDC_ERR_KEY_EXP
  { says: /not found in Kerberos database/, at: ['signIn'], reason: 'connectorRefused', checks: [1], remedy: 'Correct the name of the connector\'s account, or name the domain that it is in.' },
  // kinit asks for a new password then, and gets none.
  { says: /Cannot read password|Password has expired/, at: ['signIn'], reason: 'connectorRefused', checks: [2], remedy: 'The password of the connector\'s account has expired. Change it, and give the new one or a new keytab.' },
  { says: /credentials have been revoked|has expired|KDC policy rejects request/, at: ['signIn'], reason: 'connectorRefused', checks: [2], remedy: `The connector's account cannot be used. ${unusable}` },
  // The service of S4U2Self is the connector itself: an account without an SPN is none (MS-SFU 3.2.5.1.1).
  { says: /Server .*not found in Kerberos database/, at: ['guest'], reason: 'connectorRefused', checks: [46], remedy: 'Register an SPN on the connector\'s account (setspn -S): without one no ticket to it can be made in somebody\'s name.' },
  { says: /no support for padata type|KDC reply did not match expectations/, at: ['guest'], reason: 'connectorRefused', checks: [47], remedy: 'The domain controller does not make tickets in this guest\'s name. Look at the trust between the domains and at the routing of the suffix of the guest\'s userPrincipalName.' },
  { says: /Client .*not found in Kerberos database|Realm not local to KDC/, at: ['guest', 'service'], reason: 'accountUnknown', checks: [31, 32, 47], remedy: 'Let the account\'s userPrincipalName be that of the guest (synchronise), see that no other account has it, and that its suffix is routed.' },
  { says: /Server .*not found in Kerberos database/, at: ['service'], reason: 'serviceUnknown', checks: [15, 16, 17, 12], remedy: 'Register the SPN on exactly one account (setspn -S). Where only a resource-based trust allows it, this is also the answer to a trust that does not name the connector.' },
  // KDC_ERR_POLICY is Samba's answer for a disabled account, and Windows' for restrictions of logon.
  { says: /KDC policy rejects request|credentials have been revoked|Client's entry in database has expired/, at: ['guest', 'service'], reason: 'accountRestricted', checks: [33, 35], remedy: `The guest's account cannot be used. ${unusable}` },
  { says: /Password has expired/, at: ['guest', 'service'], reason: 'accountRestricted', checks: [33, 37], remedy: 'The password of the guest\'s account has expired. Set the bit "smart card is required" (userAccountControl 262656): then there is none that could.' },
  { says: /Server's entry in database has expired/, at: ['service'], reason: 'serviceUnknown', checks: [20], remedy: `The account that owns the SPN cannot be used. ${unusable}` },
  // KDC_ERR_BADOPTION
  { says: /KDC can't fulfill requested option/, at: ['guest', 'service'], reason: 'notAllowedToDelegate', checks: [7, 8, 12, 34, 35], remedy: 'Put the SPN on the connector\'s list with "any authentication protocol", and see that the guest\'s account may be delegated.' },
]

/** What a refusal means. `text` is what the tool printed; it is kept, because it is what other people search for. */
export function explainRefusal(step: ProofStep, text: string): Refused {
  const row = rows.find(({ says, at }) => at.includes(step) && says.test(text))
  const { reason, checks, remedy } = row ?? { reason: 'other' as const, checks: [], remedy: 'This answer is not known here: look it up by its text, and in the event log of the domain controller (Kerberos-Key-Distribution-Center).' }
  return { kind: 'refused', reason, text: text.trim(), checks, remedy }
}

/** What the flags of the tickets before it tell of a refused last step (MS-SFU 3.2.5.1.2, 3.2.5.2.1). */
export type Forwardable = { readonly connector: boolean; readonly guest: boolean }

export function refineRefusal(refused: Refused, forwardable: Forwardable): Refused {
  if (refused.reason !== 'notAllowedToDelegate') return refused
  if (!forwardable.connector) {
    return { ...refused, checks: [7], remedy: `The connector's own ticket is not forwardable: its account is marked "sensitive and cannot be delegated". Clear that on the connector's account. ${replicationCaution}` }
  }
  if (!forwardable.guest) {
    return { ...refused, checks: [7, 34, 35], remedy: `The ticket in the guest's name is not forwardable. Allow the connector "any authentication protocol"; if it is allowed already, the guest's account is sensitive or in Protected Users. ${replicationCaution}` }
  }
  return { ...refused, checks: [8, 12], remedy: `The guest may be delegated, but not by this connector to this service. Put the SPN on its list, or let the service's account trust it. ${replicationCaution}` }
}

export const replicationCaution = 'After a change wait for replication to this domain controller, and let the connector forget its old tickets (klist purge -li 0x3e7 on it, or a restart).'
