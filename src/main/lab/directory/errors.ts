import type { Rdn } from './names/dnOfLab.ts'
import { formatDn } from './names/dnOfLab.ts'
import type { Refusal } from './refusal.ts'
import { refuse, resultCode } from './refusal.ts'
import type { AttributeDefinition } from './schema/schema.ts'
import { attributeType } from './schema/schema.ts'

/**
 * The answers of a domain controller that refuses: LDAP code, Win32 error, problem code and the text around them as Windows writes it (MS-ADTS
 * 3.1.1.3.1.9). The DSID names a line of Windows' source; clients must not depend on it, so each kind of answer has one of its own here.
 */
const win32 = {
  attributeConversion: '00000057', passwordRestriction: '0000052D', notEncrypted: '0000001F', accessDenied: '00000005', wrongOldPassword: '00000056',
  privilegeNotHeld: '00000522', invalidAccountName: '00000523', accountNameInUse: '00000524', memberNotInGroup: '00000561', memberInGroup: '00000562',
  notBound: '000004DC', noAttributeOrValue: '0000200A', badSyntax: '0000200B', attributeOrValueExists: '0000200D', nonLeaf: '00002015', onRdn: '00002016',
  classChange: '00002017', authMethod: '00002027', strongAuth: '00002028', referral: '0000202B', unwilling: '00002035', notSupported: '00002040',
  nameExists: '00002071', rdnMismatch: '00002073', illegalModification: '00002077', classRequired: '0000207B', missingAttribute: '0000207C',
  notInClass: '0000207D', singleValued: '00002081', outOfRange: '00002082', valueExists: '00002083', noParent: '00002089', notFound: '0000208D',
  badName: '0000208F', insufficientRights: '00002098', illegalSuperior: '00002099', addSystemOnly: '000020A6', abstractClass: '000020A7',
  systemOnly: '000020B1', badReference: '000020B5', cannotDelete: '000020CE', constructed: '0000211B', nonBaseSearch: '00002120',
  schemaClosed: '0000213D', notInQuotes: '0000216C', noReplicationRight: '00002105', badContextName: '000020F7', spnNotUnique: '000021C7', upnNotUnique: '000021C8',
} as const
type Win32 = keyof typeof win32

const problems = {
  noObject: '2001 (NO_OBJECT)', namingViolation: '2005 (NAMING_VIOLATION)', badName: '2006 (BAD_NAME)', insufficientRights: '4003 (INSUFF_ACCESS_RIGHTS)',
  unwilling: '5003 (WILL_NOT_PERFORM)', unavailableExtension: '5010 (UNAVAIL_EXTENSION)', directoryError: '5012 (DIR_ERROR)',
  objectClass: '6002 (OBJ_CLASS_VIOLATION)', nonLeaf: '6003 (CANT_ON_NON_LEAF)', onRdn: '6004 (CANT_ON_RDN)', exists: '6005 (ENTRY_EXISTS)',
  classChange: '6006 (NO_MODS_ON_OBJ_CLASS)', noValue: '1001 (NO_ATTRIBUTE_OR_VAL)', badSyntax: '1002 (INVALID_ATT_SYNTAX)',
  constraint: '1005 (CONSTRAINT_ATT_TYPE)', valueExists: '1006 (ATT_OR_VALUE_EXISTS)',
} as const
type ProblemName = keyof typeof problems

/** Names and positions. */
export function badName(name: string): Refusal {
  return refuse(resultCode.invalidDnSyntax, `${win32.badName}: NameErr: DSID-03100225, problem ${problems.badName}, data 8350, best match of:\n\t'${name}'\n`)
}

export function noSuchObject(matchedDn: string): Refusal {
  const message = `${win32.notFound}: NameErr: DSID-0310028B, problem ${problems.noObject}, data 0, best match of:\n\t'${matchedDn}'\n`
  return refuse(resultCode.noSuchObject, message, { matchedDn })
}

/** ERROR_DS_NO_PARENT_OBJECT: where a move would go (MS-ADTS 3.1.1.5.4.1.2). */
export function noParent(): Refusal {
  return update(resultCode.noSuchObject, 'noParent', 'directoryError')
}

export function referral(names: readonly Rdn[]): Refusal {
  const host = names.filter((rdn) => rdn.attribute.toUpperCase() === 'DC').map((rdn) => rdn.value).join('.')
  const message = `${win32.referral}: RefErr: DSID-0310082F, data 0, 1 access points\n\tref 1: '${host}'\n`
  return refuse(resultCode.referral, message, { referrals: [`ldap://${host}/${encodeURI(formatDn(names))}`] })
}

export const nameExists = () => update(resultCode.entryAlreadyExists, 'nameExists', 'exists')
export const rdnMismatch = () => naming('rdnMismatch')
export const illegalSuperior = () => naming('illegalSuperior')
export const nonLeaf = () => update(resultCode.notAllowedOnNonLeaf, 'nonLeaf', 'nonLeaf')

/** Rights. */
export const accessDenied = () => security('accessDenied')
export const insufficientRights = () => security('insufficientRights')
export const privilegeNotHeld = () => security('privilegeNotHeld')
export const noReplicationRight = () => security('noReplicationRight')

/** Attributes: what MS-ADTS calls AtrErr names the attribute by its internal number. */
export const unknownAttribute = () => comment(resultCode.noSuchAttribute, win32.attributeConversion, 'Error in attribute conversion operation')
export const badSyntax = (attribute: AttributeDefinition) => value(resultCode.invalidAttributeSyntax, 'badSyntax', 'badSyntax', attribute)
export const singleValued = (attribute: AttributeDefinition) => value(resultCode.constraintViolation, 'singleValued', 'constraint', attribute)
export const outOfRange = (attribute: AttributeDefinition) => value(resultCode.constraintViolation, 'outOfRange', 'constraint', attribute)
export const badReference = (attribute: AttributeDefinition) => value(resultCode.constraintViolation, 'badReference', 'constraint', attribute)
export const systemOnly = (attribute: AttributeDefinition) => value(resultCode.constraintViolation, 'systemOnly', 'constraint', attribute)
export const constructed = (attribute: AttributeDefinition) => value(resultCode.constraintViolation, 'constructed', 'constraint', attribute)
export const upnNotUnique = (attribute: AttributeDefinition) => value(resultCode.constraintViolation, 'upnNotUnique', 'constraint', attribute)
export const spnNotUnique = (attribute: AttributeDefinition) => value(resultCode.constraintViolation, 'spnNotUnique', 'constraint', attribute)
export const badPassword = (attribute: AttributeDefinition) => value(resultCode.constraintViolation, 'passwordRestriction', 'constraint', attribute)
export const wrongOldPassword = (attribute: AttributeDefinition) => value(resultCode.constraintViolation, 'wrongOldPassword', 'constraint', attribute)
export const attributeExists = (attribute: AttributeDefinition) => value(resultCode.attributeOrValueExists, 'attributeOrValueExists', 'valueExists', attribute)
export const valueExists = (attribute: AttributeDefinition) => value(resultCode.attributeOrValueExists, 'valueExists', 'valueExists', attribute)
export const valueAbsent = (attribute: AttributeDefinition) => value(resultCode.noSuchAttribute, 'noAttributeOrValue', 'noValue', attribute)

/** Classes. */
export const classRequired = () => update(resultCode.objectClassViolation, 'classRequired', 'objectClass')
export const abstractClass = () => update(resultCode.objectClassViolation, 'abstractClass', 'objectClass')
export const classChange = () => update(resultCode.objectClassModsProhibited, 'classChange', 'classChange')
export const missingAttribute = (attribute: AttributeDefinition) => inClass('missingAttribute', attribute)
export const notInClass = (attribute: AttributeDefinition) => inClass('notInClass', attribute)
export const onRdn = () => update(resultCode.notAllowedOnRdn, 'onRdn', 'onRdn')

/** Accounts (MS-SAMR). */
export const accountNameInUse = () => update(resultCode.entryAlreadyExists, 'accountNameInUse', 'exists')
export const invalidAccountName = () => update(resultCode.other, 'invalidAccountName', 'directoryError')
export const memberInGroup = () => update(resultCode.entryAlreadyExists, 'memberInGroup', 'exists')
export const memberNotInGroup = () => service('memberNotInGroup')
export const passwordRestriction = () => service('passwordRestriction')
export const notEncrypted = () => service('notEncrypted')
/** Changes are asked for of a whole naming context only. */
export const notANamingContext = () => service('badContextName')
export const notInQuotes = () => service('notInQuotes')

/** Operations. */
export const unwilling = () => service('unwilling')
export const addSystemOnly = () => service('addSystemOnly')
export const illegalModification = () => service('illegalModification')
export const cannotDelete = () => service('cannotDelete')
export const schemaClosed = () => service('schemaClosed')
export const invalidParameter = () => refuse(resultCode.unwillingToPerform, `${win32.attributeConversion}: SvcErr: DSID-03190E80, problem ${problems.unwilling}, data 0`)
export const nonBaseSearch = () => refuse(resultCode.operationsError, `${win32.nonBaseSearch}: SvcErr: DSID-031401BE, problem ${problems.directoryError}, data 0`)
export const badControl = () => refuse(resultCode.unavailableCriticalExtension, `${win32.notSupported}: SvcErr: DSID-031401E7, problem ${problems.unavailableExtension}, data 0`)
export const badControlValue = () => comment(resultCode.protocolError, win32.attributeConversion, 'Error processing control')
export const notBound = () =>
  comment(resultCode.operationsError, win32.notBound, 'In order to perform this operation a successful bind must be completed on the connection.')

/** Binding. */
export const strongAuthRequired = () =>
  comment(resultCode.strongerAuthRequired, win32.strongAuth, 'The server requires binds to turn on integrity checking if SSL\\TLS are not already active on the connection')
export const authMethodNotSupported = () => comment(resultCode.authMethodNotSupported, win32.authMethod, 'The requested authentication method is not supported by the server')
/** `data` is the Win32 error of the logon: 52e wrong password, 525 no such user, 533 disabled, 775 locked … */
export const logonFailed = (data: string) => refuse(resultCode.invalidCredentials, `80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${data}, v4563`)
export const tlsNotPossible = () => comment(resultCode.operationsError, win32.unwilling, 'TLS or SSL already in effect')
export const unsupportedVersion = () => comment(resultCode.protocolError, win32.attributeConversion, 'The protocol version is not supported')
export const unknownExtension = () => comment(resultCode.protocolError, win32.attributeConversion, 'Unknown extended request OID')

function comment(code: number, error: string, text: string): Refusal {
  return refuse(code, `${error}: LdapErr: DSID-0C090A5C, comment: ${text}, data 0, v4563`)
}

function update(code: number, error: Win32, problem: ProblemName): Refusal {
  return refuse(code, `${win32[error]}: UpdErr: DSID-03050460, problem ${problems[problem]}, data 0`)
}

function naming(error: Win32): Refusal {
  return refuse(resultCode.namingViolation, `${win32[error]}: NameErr: DSID-03050DB9, problem ${problems.namingViolation}, data 0, best match of:\n\t''\n`)
}

function security(error: Win32): Refusal {
  return refuse(resultCode.insufficientAccessRights, `${win32[error]}: SecErr: DSID-03152612, problem ${problems.insufficientRights}, data 0`)
}

function service(error: Win32): Refusal {
  return refuse(resultCode.unwillingToPerform, `${win32[error]}: SvcErr: DSID-031A12D2, problem ${problems.unwilling}, data 0`)
}

function value(code: number, error: Win32, problem: ProblemName, attribute: AttributeDefinition): Refusal {
  const place = `${win32[error]}: DSID-03200EEC, problem ${problems[problem]}, data 0, Att ${attributeType(attribute)} (${attribute.name})`
  return refuse(code, `${win32[error]}: AtrErr: DSID-03200EEC, #1:\n\t0: ${place}\n`)
}

function inClass(error: Win32, attribute: AttributeDefinition): Refusal {
  const data = BigInt(`0x${attributeType(attribute)}`).toString()
  return refuse(resultCode.objectClassViolation, `${win32[error]}: UpdErr: DSID-0315166D, problem ${problems.objectClass}, data ${data}`)
}
