import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DelegationChange, DelegationPlanHeader } from '../../../../src/shared/domain/delegationPlan.ts'
import { delegationAttributes } from '../../../../src/shared/domain/delegationPlan.ts'
import { asPowerShell } from '../../../../src/main/kcd/rules/planning/asPowerShell.ts'
import { account, descriptorFor, domainSid, guid, sid } from './world.ts'

const header: DelegationPlanHeader = { format: 'guestbridge-delegation-plan', version: 1, workspace: 'w', domainSid, readAt: '2026-03-01T08:00:00.000Z', purpose: { kind: 'intents', intents: [] } }
const change = (values: Partial<DelegationChange>): DelegationChange => ({
  kind: 'delegation', anchor: guid(1), dn: account(1, 'C1$').dn, accountName: 'C1$', attribute: 'msDS-AllowedToDelegateTo', before: [], after: [], reason: 'It was planned.', needsPrivilege: false, cautions: [], ...values,
})
const commands = (...changes: readonly DelegationChange[]) => asPowerShell(header, changes).split('\r\n').filter((line) => line !== '' && !line.startsWith('#')).slice(1)
const anchor = `'${guid(1)}'`

const stop = "if ($LASTEXITCODE -ne 0) { throw 'setspn refused it' }"

describe('each change has its command', () => {
  test.each<[Partial<DelegationChange>, readonly string[]]>([
    [{ before: ['HTTP/a', 'HTTP/b'], after: ['http/A', 'HTTP/c'] }, [`Set-ADObject -Identity ${anchor} -Remove @{'msDS-AllowedToDelegateTo'=@('HTTP/b')}`, `Set-ADObject -Identity ${anchor} -Add @{'msDS-AllowedToDelegateTo'=@('HTTP/c')}`]],
    [{ attribute: 'userAccountControl', before: ['4096'], after: [String(0x1001000)] }, [`Set-ADAccountControl -Identity ${anchor} -TrustedToAuthForDelegation $true`]],
    [{ attribute: 'userAccountControl', before: [String(0x1081000)], after: ['4096'] }, [`Set-ADAccountControl -Identity ${anchor} -TrustedToAuthForDelegation $false`, `Set-ADAccountControl -Identity ${anchor} -TrustedForDelegation $false`]],
    [{ attribute: 'msDS-SupportedEncryptionTypes', before: ['4'], after: ['28'] }, [`Set-ADObject -Identity ${anchor} -Replace @{'msDS-SupportedEncryptionTypes'=[int]'28'}`]],
    [{ attribute: 'msDS-SupportedEncryptionTypes', before: ['28'], after: [] }, [`Set-ADObject -Identity ${anchor} -Clear 'msDS-SupportedEncryptionTypes'`]],
    [{ attribute: 'servicePrincipalName', before: ['HTTP/old'], after: ['HTTP/new:8080'] }, [`setspn -D 'HTTP/old' 'C1$'`, stop, `setspn -S 'HTTP/new:8080' 'C1$'`, stop]],
    [{ attribute: 'servicePrincipalName', before: [], after: ['HTTP/a"b'] }, [`Set-ADObject -Identity ${anchor} -Add @{'servicePrincipalName'=@('HTTP/a"b')}`]],
    [{ attribute: 'msDS-AllowedToActOnBehalfOfOtherIdentity', before: ['AQ=='], after: [] }, [`Set-ADObject -Identity ${anchor} -Clear 'msDS-AllowedToActOnBehalfOfOtherIdentity'`]],
  ])('%o', (values, expected) => { expect(commands(change(values))).toEqual(expected) })

  test('a descriptor is written octet by octet, and the comment names whom it trusts', () => {
    const [one, other] = [sid(`${domainSid}-1101`), sid('S-1-5-21-9-9-9-4711')]
    const script = asPowerShell(header, [change({ attribute: 'msDS-AllowedToActOnBehalfOfOtherIdentity', after: [descriptorFor(one, other)] })])
    expect(script).toContain(`FromBase64String('${descriptorFor(one, other)}')`)
    expect(script).toContain(`# Trusted then: ${one} and ${other}.`)
  })
  test('says of which changes need the privilege, why each is made, and what to take care of', () => {
    const script = asPowerShell(header, [change({ after: ['HTTP/a'], needsPrivilege: true, cautions: ['Mind the step.'] })])
    expect(script).toContain('# C1$: msDS-AllowedToDelegateTo. It was planned.')
    expect(script).toContain('trusted for delegation" on the domain controller')
    expect(script).toContain('# Note: Mind the step.')
  })
})

/** PowerShell's quotes, of which a doubled one in a text stands for itself (about_Quoting_Rules). */
const quotes = "'\u2018\u2019\u201a\u201b"

/** The script without its quoted texts and comments, and those texts as PowerShell would read them. */
function tokenize(script: string): { readonly code: string; readonly texts: readonly string[] } {
  const texts: string[] = []
  let code = ''
  for (let index = 0; index < script.length; index += 1) {
    const sign = script[index] ?? ''
    if (sign === '#') {
      while (index < script.length && script[index] !== '\r' && script[index] !== '\n') index += 1
      code += '\n'
    } else if (quotes.includes(sign)) {
      let text = ''
      for (index += 1; index < script.length; index += 1) {
        const inside = script[index] ?? ''
        if (quotes.includes(inside)) {
          if (!quotes.includes(script[index + 1] ?? ' ')) break
          index += 1
        }
        text += inside
      }
      texts.push(text)
      code += 'TEXT'
    } else code += sign
  }
  return { code, texts }
}

describe('no value is ever run', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(fc.constantFrom("'", '\u2018', '\u2019', '\u201a', '\u201b', '"', '`', '$(', ')', ';', '#', '\r', '\n', '\u2028', '@{', '}', 'a', ' '), { maxLength: 12 }).map((parts) => parts.join('')),
  )
  const values = fc.uniqueArray(hostile, { maxLength: 3, selector: (text) => text.toLowerCase() })
  const anyChange = fc.record({ attribute: fc.constantFrom(...delegationAttributes), before: values, after: values, accountName: hostile, reason: hostile, cautions: fc.array(hostile, { maxLength: 2 }) })

  test('outside of quotes and comments only our own words stand, whatever the directory says', () => {
    const allowed = /^(?:\s|TEXT|Set-ADObject|Set-ADAccountControl|-Identity|-Add|-Remove|-Replace|-Clear|-TrustedToAuthForDelegation|-TrustedForDelegation|setspn -[SD]|if|-ne|0|throw|\$(?:LASTEXITCODE|ErrorActionPreference|service|true|false)|\[(?:int|ADSI|byte\[\]|Convert)\]|::FromBase64String|\.Put|\.SetInfo|[@{}()=,])*$/
    fc.assert(fc.property(anyChange, (drawn) => { expect(tokenize(asPowerShell(header, [change(drawn)])).code).toMatch(allowed) }), { numRuns: 300 })
  })

  test('a value of a list is read by PowerShell as it is', () => {
    fc.assert(fc.property(hostile, (text) => { expect(tokenize(asPowerShell(header, [change({ after: [text] })])).texts).toContain(text) }), { numRuns: 300 })
  })
})
