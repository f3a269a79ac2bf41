import type { ProblemKind } from '../../../shared/domain/problem.ts'

/**
 * One row for what a server refuses with: the LDAP code, and the Win32 code that begins its message (hex, null for any other
 * or none). `because` finishes the sentence "… failed: …". Rows without a note come from Windows (MS-ADTS 3.1.1.3.1.9, MS-ERREF
 * 2.2) and hold for Samba too where it sends the same codes.
 */
export type RefusalRow = {
  readonly code: number
  readonly hex: string | null
  readonly kind: ProblemKind
  readonly because: string
  readonly remedy: string
}

const row = (code: number, hex: string | null, kind: ProblemKind, because: string, remedy: string): RefusalRow => ({ code, hex, kind, because, remedy })

const signIn = 'Sign in again; if it happens again, look for what closes connections between this computer and the domain controller.'
const rights = 'Give the synchronisation account the right on this object or its OU, or take the object out of the plan.'
const drift = 'Import from Active Directory and synchronise again, so that the plan is made from the present values.'
const otherName = 'Find the other object, and decide whether it is the same person or the name has to change.'
const existingOu = 'Check the OU in the configuration and that it exists in this domain.'
const shorter = 'Shorten the value at its source, or cut it in the flow with Left.'
const password = 'Check the password policy of the domain: it must accept a random password of 40 characters.'
const another = 'Connect to a domain controller of the domain that holds the object.'
const later = 'Try again later, or connect to another domain controller.'

/** Searched for code and hex first, then for the code alone. */
export const refusals: readonly RefusalRow[] = [
  row(1, '000004DC', 'notBound', 'the connection is not signed in', signIn),
  row(1, '00002020', 'notBound', 'the connection is not signed in', signIn), // Samba
  row(3, null, 'timedOut', 'the server took longer than allowed', later),
  row(8, null, 'encryptionRequired', 'the server wants an encrypted or signed connection', 'Use LDAPS or StartTLS in the connection.'),
  row(10, null, 'wrongController', 'the server refers to another one', another),
  row(11, null, 'serverBusy', 'the request exceeds a limit of the server', later),
  row(13, null, 'encryptionRequired', 'the server wants an encrypted connection', 'Use LDAPS or StartTLS in the connection.'),
  row(16, null, 'valueAbsent', 'the value to be replaced is not there', drift),
  row(17, null, 'attributeNotInClass', 'the schema does not know the attribute', 'Take the attribute out of the rules, or extend the schema.'),
  row(19, '0000052D', 'passwordRefused', 'the password does not meet the policy of the domain', password),
  row(19, '000021C8', 'userPrincipalNameTaken', 'another account of the forest has this userPrincipalName', otherName),
  row(19, '000021C7', 'servicePrincipalNameTaken', 'another account of the forest has this servicePrincipalName', otherName),
  row(19, '00002081', 'attributeIsSingleValued', 'the attribute takes one value only', 'Make the flow deliver one value.'),
  row(19, '00002082', 'valueTooLong', 'a value is too long or out of range', shorter),
  row(19, '000020B5', 'referenceInvalid', 'it names an object that does not exist', 'Check the DN that the attribute refers to.'),
  row(20, null, 'valueAlreadyPresent', 'the attribute has a value already', drift),
  row(21, null, 'syntaxInvalid', 'a value does not have the form of its attribute', 'Compare the value with the syntax of the attribute; an empty text is no value.'),
  row(32, '00002089', 'parentNotFound', 'the OU or container above it does not exist', existingOu),
  row(32, null, 'objectNotFound', 'there is no such object', drift),
  row(34, null, 'nameInvalid', 'the directory does not take this name', 'Check the distinguished name and its escaping.'),
  row(49, null, 'credentialsRefused', 'account name or password are wrong', 'Enter the password of the synchronisation account again.'),
  row(50, '00000522', 'delegationPrivilegeMissing', 'the account lacks the privilege "Enable computer and user accounts to be trusted for delegation"', 'Ask an administrator to assign the user right in the policy of the domain controllers.'),
  row(50, '00002105', 'replicationRightMissing', 'the account lacks the right "Replicating Directory Changes"', 'Give the synchronisation account this right on the domain.'),
  row(50, null, 'notPermitted', 'the account has no right to do this', rights),
  row(51, null, 'serverBusy', 'the server is busy', later),
  row(52, null, 'serverBusy', 'the server is not available', later),
  row(53, '0000001F', 'encryptionRequired', 'passwords are only taken over an encrypted connection', 'Use LDAPS or StartTLS in the connection.'),
  row(53, '0000052D', 'passwordRefused', 'the account has no password that meets the policy of the domain', password),
  row(53, null, 'unwilling', 'the server is not willing to do this', 'The detail names the rule of the server; often the attribute belongs to the system.'),
  row(64, null, 'nameInvalid', 'an object of this class cannot have this name in this place', 'Check the distinguished name: users are named by CN, below an OU.'),
  row(65, '0000207C', 'requiredAttributeMissing', 'a required attribute is missing', 'Add a flow for the attribute.'),
  row(65, null, 'attributeNotInClass', 'users do not have this attribute', 'Take the attribute out of the rules.'),
  row(66, null, 'unwilling', 'there are objects below it', 'Move or delete the objects below it first.'),
  row(67, null, 'unwilling', 'the attribute names the object and only changes with its DN', 'Rename the object instead.'),
  row(68, '00000524', 'accountNameTaken', 'another account of the domain has this sAMAccountName', otherName),
  row(68, null, 'objectNameTaken', 'an object with this distinguished name exists', otherName),
  row(80, '00000523', 'accountNameInvalid', 'the sAMAccountName is not valid', 'At most 20 characters, none of "/\\[]:;|=,+*?<>, no dot at the end.'),
  row(80, '00002095', 'parentNotFound', 'the OU or container above it does not exist', existingOu), // Samba, for a move
]

/** What Active Directory says behind `data` when it refuses a bind (MS-ERREF 2.2, as hex). */
export const bindRefusals: Readonly<Record<string, Pick<RefusalRow, 'kind' | 'because' | 'remedy'>>> = {
  '525': { kind: 'credentialsRefused', because: 'the account does not exist', remedy: 'Check the account name of the connection: name@domain, DOMAIN\\name or DN.' },
  '52e': { kind: 'credentialsRefused', because: 'account name or password are wrong', remedy: 'Enter the password of the synchronisation account again.' },
  '530': { kind: 'accountUnusable', because: 'the account may not sign in at this time', remedy: 'Check the logon hours of the synchronisation account.' },
  '531': { kind: 'accountUnusable', because: 'the account may not sign in from this computer', remedy: 'Check "Log On To" of the synchronisation account.' },
  '532': { kind: 'accountUnusable', because: 'the password has expired', remedy: 'Set a new password for the synchronisation account.' },
  '533': { kind: 'accountUnusable', because: 'the account is disabled', remedy: 'Enable the synchronisation account.' },
  '701': { kind: 'accountUnusable', because: 'the account has expired', remedy: 'Extend the synchronisation account.' },
  '773': { kind: 'accountUnusable', because: 'the password must be changed first', remedy: 'Set a new password for the synchronisation account.' },
  '775': { kind: 'accountUnusable', because: 'the account is locked', remedy: 'Unlock the synchronisation account, and find out who tried wrong passwords.' },
}
