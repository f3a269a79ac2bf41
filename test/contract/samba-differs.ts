import type { ProblemKind } from '../../src/shared/domain/problem.ts'

/**
 * What Samba does otherwise than Windows, as far as a test sees it. Everywhere else the two agree, and so does the lab, which
 * behaves like Windows.
 */
export type Difference<Expectation> = {
  readonly samba: Expectation
  readonly windows: Expectation
  /** In words: what each of them does. */
  readonly what: string
  /** Where Windows' behaviour is written down. */
  readonly source: string
}

const differences = {
  longCommonName: {
    samba: 'accepted', windows: 'valueTooLong', what: 'Samba names an object by more than the 64 characters that the schema allows for cn; Windows refuses it.',
    source: 'MS-ADTS 3.1.1.5.1.3: values are checked against rangeUpper of the attribute; MS-ADA1, attribute cn: rangeUpper 64',
  },
  longAccountName: {
    samba: 'accepted', windows: 'accountNameInvalid', what: 'Samba takes a sAMAccountName of a user with more than 20 characters; Windows refuses it.',
    source: 'Microsoft, "SAM-Account-Name attribute": less than 20 characters; ERROR_INVALID_ACCOUNT_NAME (523)',
  },
  namesWithoutAccents: {
    samba: 'accepted', windows: 'objectNameTaken', what: 'For Windows two names that differ in accents only are one; Samba keeps them apart.',
    source: 'MS-ADTS 3.1.1.2.2.4: String(Unicode) is compared with NORM_IGNORENONSPACE',
  },
  enabledWithoutPassword: {
    samba: 'accepted', windows: 'passwordRefused', what: 'Samba enables an account that has no password; Windows wants one that meets the policy first.',
    source: 'Microsoft, "User-Account-Control attribute" and ERROR_PASSWORD_RESTRICTION (52D): an account is enabled when its password meets the policy, unless ADS_UF_PASSWD_NOTREQD is set',
  },
  userAccountControlThereAlready: {
    samba: 'accepted', windows: 'valueAbsent', what: 'Samba takes a change of userAccountControl from a number that is not there to the one that is; Windows refuses it as of every attribute.',
    source: 'RFC 4511 4.6 and MS-ADTS 3.1.1.5.3: deleting a value that is not there is noSuchAttribute',
  },
  resourceTrust: {
    samba: 'directoryRefused', windows: 'accepted', what: 'Samba keeps msDS-AllowedToActOnBehalfOfOtherIdentity for the system; on Windows whoever may write the account writes it, and no privilege is asked for.',
    source: 'MS-ADA2 2.224: the attribute is not systemOnly; Microsoft, "Kerberos constrained delegation overview": configured by the owner of the service account',
  },
} as const satisfies Readonly<Record<string, Difference<'accepted' | ProblemKind>>>

/** The server that a test runs against; the lab counts as Windows. */
export type Kind = 'samba' | 'windows'

export function expectedOf(difference: keyof typeof differences, kind: Kind): 'accepted' | ProblemKind {
  return differences[difference][kind]
}
