import { describe, expect, it } from 'vitest'
import { describeRefusal, refusalOf } from '../../../src/main/connectors/ad/errors.ts'
import { refusals } from '../../../src/main/connectors/ad/refusals.ts'
import type { ProblemKind } from '../../../src/shared/domain/problem.ts'

const windows = (hex: string) => `${hex}: LdapErr: DSID-0C0910FE, comment: Error in attribute conversion operation, data 0, v4563`

describe('describeRefusal', () => {
  it.each<readonly [number, string, ProblemKind]>([
    [68, windows('00002071'), 'objectNameTaken'],
    [68, windows('00000524'), 'accountNameTaken'],
    [19, windows('000021C8'), 'userPrincipalNameTaken'],
    [19, windows('000021c7'), 'servicePrincipalNameTaken'],
    [19, windows('0000052D'), 'passwordRefused'],
    [53, windows('0000052D'), 'passwordRefused'],
    [53, windows('0000001F'), 'encryptionRequired'],
    [53, windows('00002035'), 'unwilling'],
    [50, windows('00002098'), 'notPermitted'],
    [50, windows('00000522'), 'delegationPrivilegeMissing'],
    [50, windows('00002105'), 'replicationRightMissing'],
    [80, windows('00000523'), 'accountNameInvalid'],
    [19, windows('00002082'), 'valueTooLong'],
    [19, windows('00002081'), 'attributeIsSingleValued'],
    [19, windows('000020B5'), 'referenceInvalid'],
    [20, windows('00002083'), 'valueAlreadyPresent'],
    [16, windows('0000200A'), 'valueAbsent'],
    [21, windows('0000200B'), 'syntaxInvalid'],
    [65, windows('0000207C'), 'requiredAttributeMissing'],
    [65, windows('0000207D'), 'attributeNotInClass'],
    [32, windows('0000208D'), 'objectNotFound'],
    [32, windows('00002089'), 'parentNotFound'],
    [34, windows('0000208F'), 'nameInvalid'],
    [10, windows('0000202B'), 'wrongController'],
    [1, windows('000004DC'), 'notBound'],
    [8, windows('00002028'), 'encryptionRequired'],
    [68, 'Entry CN=a already exists', 'objectNameTaken'],
    [1, '00002020: Operation unavailable without authentication', 'notBound'],
    [50, 'acl: unable to get access to CN=a', 'notPermitted'],
    [80, '00002095: objectclass: Cannot rename CN=a, parent does not exist!', 'parentNotFound'],
  ])('reads code %i with "%.8s…" as %s', (code, message, kind) => {
    expect(describeRefusal('Creating CN=a', { code, message }).kind).toBe(kind)
  })

  it.each([['525', 'credentialsRefused'], ['52e', 'credentialsRefused'], ['530', 'accountUnusable'], ['532', 'accountUnusable'], ['533', 'accountUnusable'], ['701', 'accountUnusable'], ['773', 'accountUnusable'], ['775', 'accountUnusable']])('reads data %s of a refused bind as %s', (data, kind) => {
    const problem = describeRefusal('Signing in', { code: 49, message: `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${data}, v4563` })
    expect(problem).toMatchObject({ kind, detail: { ldapCode: 49, data } })
  })

  it('says for an unknown code what the codes are, and keeps the text of the server out', () => {
    const problem = describeRefusal('Creating CN=a', { code: 80, message: windows('0000ABCD') })
    expect(problem).toMatchObject({ kind: 'directoryRefused', detail: { ldapCode: 80, hex: '0000ABCD' } })
    expect(problem.message).toBe('Creating CN=a failed: the directory refused it with code 80 (0000ABCD).')
    expect(JSON.stringify(problem)).not.toContain('DSID')
  })

  it('keeps the codes that it decided by', () => {
    expect(refusalOf(describeRefusal('x', { code: 68, message: windows('00002071') }))).toEqual({ code: 68, hex: '00002071' })
    expect(refusalOf({ kind: 'timedOut', message: '', remedy: '' })).toBeNull()
  })

  it('has one row for a pair of codes, and every row is a sentence with a remedy', () => {
    expect(new Set(refusals.map(({ code, hex }) => `${code} ${hex}`)).size).toBe(refusals.length)
    for (const { because, remedy } of refusals) {
      expect(because).toMatch(/^[a-z].*[^.]$/)
      expect(remedy).toMatch(/^[A-Z].+[.]$/)
    }
  })
})
