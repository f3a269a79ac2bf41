/**
 * What went wrong, in words for an administrator. A problem is a value, never an exception: ports and engine return it,
 * hosts show it. `message` says what failed and on which object, `remedy` what to do next.
 */
export type Problem = {
  readonly kind: ProblemKind
  readonly message: string
  readonly remedy: string
  /** What support will ask for: LDAP code and hex, HTTP status, request id, path in a file. Never a secret. */
  readonly detail?: Readonly<Record<string, string | number>>
}

export type ProblemKind = ConnectionProblemKind | GraphProblemKind | DirectoryProblemKind | DataProblemKind | RunProblemKind

export type ConnectionProblemKind =
  | 'cancelled'
  | 'unreachable'
  | 'timedOut'
  | 'certificateNotTrusted'
  | 'encryptionRequired'
  /** Wrong or missing credential: 49 of LDAP, invalid_client of the token service. */
  | 'credentialsRefused'
  | 'accountUnusable'
  | 'notBound'

export type GraphProblemKind =
  | 'throttled'
  | 'malformedAnswer'
  | 'requestRefused'
  | 'pageTokenExpired'
  /** The source no longer knows the watermark, or another server answers: a full import is needed. */
  | 'deltaExpired'
  | 'wrongTenant'
  /** Members or users came without the attributes that were asked for: a right is missing. */
  | 'limitedInformation'

export type DirectoryProblemKind =
  | 'notPermitted'
  | 'delegationPrivilegeMissing'
  | 'replicationRightMissing'
  | 'objectNameTaken'
  | 'accountNameTaken'
  | 'accountNameInvalid'
  | 'userPrincipalNameTaken'
  | 'servicePrincipalNameTaken'
  | 'passwordRefused'
  | 'unwilling'
  | 'valueTooLong'
  | 'attributeIsSingleValued'
  | 'referenceInvalid'
  /** Code 20: the value is there already. After a delete-old/add-new modify it means drift. */
  | 'valueAlreadyPresent'
  /** Code 16: the value to delete is not there. After a delete-old/add-new modify it means drift. */
  | 'valueAbsent'
  | 'syntaxInvalid'
  | 'requiredAttributeMissing'
  | 'attributeNotInClass'
  | 'objectNotFound'
  | 'parentNotFound'
  | 'nameInvalid'
  | 'wrongController'
  | 'serverBusy'
  | 'directoryRefused'

export type DataProblemKind =
  | 'configurationInvalid'
  | 'rulesInvalid'
  | 'expressionFailed'
  | 'valueMissing'
  | 'valueOfWrongType'
  | 'joinAmbiguous'
  | 'joinNeedsDecision'
  | 'nameUnavailable'

export type RunProblemKind =
  | 'locked'
  | 'keychainUnavailable'
  | 'storeDamaged'
  | 'storeNewer'
  | 'sourceEmpty'
  | 'sourceShrunk'
  | 'importIncomplete'
  | 'thresholdExceeded'
  | 'approvalMismatch'
  | 'planUnreadable'
  | 'planForeign'
  | 'planStale'
  | 'drift'
  | 'notConfirmed'
  | 'replayImpossible'
  | 'notFoundInWorkspace'
  | 'usage'
  | 'internal'

/** A problem of one object: a run goes on with the next one. */
export type ObjectProblem = Problem & {
  readonly connector: 'entra' | 'ad' | 'metaverse'
  /** Anchor, metaverse id, or DN where there is no anchor yet. */
  readonly object: string
}
