import { describe, expect, it } from 'vitest'
import { explainRefusal, refineRefusal, type ProofStep } from '../../../src/main/kcd/proof/refusals.ts'
import { explainWindowsRefusal } from '../../../src/main/kcd/proof/windowsRefusals.ts'

// Texts that Samba does not give; the others are asked of it in test/contract/signOnProof.test.ts.
describe('explainRefusal', () => {
  it.each<readonly [ProofStep, string, string, readonly number[]]>([
    ['signIn', 'kinit: Clock skew too great while getting initial credentials', 'clockSkew', [28]],
    ['service', 'kvno: Clock skew too great HTTP/app@X: constrained delegation failed', 'clockSkew', [28]],
    ['signIn', 'kinit: KDC has no support for encryption type while getting initial credentials', 'encryptionType', [24]],
    ['service', 'kvno: KDC has no support for encryption type HTTP/app@X: constrained delegation failed', 'encryptionType', [21, 23]],
    ['signIn', 'kinit: Cannot find KDC for realm "X" while getting initial credentials', 'unreachable', [27]],
    ['signIn', 'kinit: Preauthentication failed while getting initial credentials', 'connectorRefused', []],
    ['signIn', 'kinit: Client \'nix@X\' not found in Kerberos database while getting initial credentials', 'connectorRefused', [1]],
    ['guest', 'kvno: Client\'s credentials have been revoked while getting credentials for C$@X', 'accountRestricted', [33, 35]],
    ['guest', 'kvno: KDC reply did not match expectations while getting credentials for C$@X', 'connectorRefused', [47]],
    ['guest', 'kvno: Client \'jane doe\\@x@X\' not found in Kerberos database while getting credentials for C$@X', 'accountUnknown', [31, 32, 47]],
    ['service', 'kvno: Password has expired HTTP/app@X: constrained delegation failed', 'accountRestricted', [33, 37]],
  ])('at the step %s: %s', (step, text, reason, checks) => {
    expect(explainRefusal(step, text)).toMatchObject({ kind: 'refused', reason, checks, text })
  })

  it('keeps a text that it does not know, and says where to look', () => {
    expect(explainRefusal('service', ' kvno: Something new \n')).toMatchObject({ reason: 'other', checks: [], text: 'kvno: Something new', remedy: expect.stringContaining('event log') as string })
  })

  it('takes what the tickets before tell only for a refused delegation', () => {
    const unknown = explainRefusal('service', 'kvno: Server not found in Kerberos database HTTP/app@X: constrained delegation failed')
    expect(refineRefusal(unknown, { connector: false, guest: false })).toBe(unknown)
  })
})

describe('explainWindowsRefusal', () => {
  it('goes by the code where Windows speaks another language', () => {
    expect(explainWindowsRefusal('service', '80090303', 'Das angegebene Ziel ist unbekannt')).toMatchObject({ reason: 'serviceUnknown', text: 'Das angegebene Ziel ist unbekannt (0x80090303)' })
  })

  it('goes by the text where .NET kept no code', () => {
    expect(explainWindowsRefusal('guest', null, 'The user name or password is incorrect.')).toMatchObject({ reason: 'accountUnknown', checks: [31, 32, 47] })
  })

  it('does not take a code of one step for that of another', () => {
    expect(explainWindowsRefusal('guest', '80090303', 'x')).toMatchObject({ reason: 'other' })
  })
})
