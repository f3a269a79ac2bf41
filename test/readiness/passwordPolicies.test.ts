import { describe, expect, it } from 'vitest'
import type { FinerPolicy } from '../../src/main/connectors/readinessPorts.ts'
import { generatedLength, judgePasswordPolicies } from '../../src/main/readiness/domain/judgePasswordPolicies.ts'
import type { ReadinessFinding } from '../../src/shared/domain/readiness.ts'
import { dnOf } from '../engine/world.ts'

const domainUsers = 'CN=Domain Users,CN=Users,DC=contoso,DC=com'
const domain = (minimumLength: number) => ({ minimumLength, isComplexityRequired: true, readFrom: dnOf('DC=contoso,DC=com') })
const ofAll = { kind: 'newAccounts', group: domainUsers } as const
const ofOne = { kind: 'existingAccount', account: 'CN=anna,OU=Guests,DC=contoso,DC=com' } as const

function finer(name: string, holder: FinerPolicy['holder'], minimumLength: number | null, precedence = 10): FinerPolicy {
  const dn = dnOf(`CN=${name},CN=Password Settings Container,CN=System,DC=contoso,DC=com`)
  return { dn, holder, demands: minimumLength === null ? { kind: 'notRead', why: 'hidden' } : { kind: 'read', value: { minimumLength, isComplexityRequired: true, precedence } } }
}

describe('the policy that generated passwords have to meet', () => {
  it.each<readonly [rule: string, domainLength: number, policies: readonly FinerPolicy[], state: ReadinessFinding['state'], words: RegExp]>([
    ['is that of the domain where no finer one holds', 14, [], 'passed', /the policy of the domain\. No finer policy/],
    ['is met with exactly as many characters', generatedLength, [], 'passed', /meet/],
    ['is missed with one character less than it asks for', generatedLength + 1, [], 'failed', /asks for 41 characters; generated passwords have 40/],
    ['is a finer one in place of that of the domain', 14, [finer('Strict', ofAll, 50)], 'failed', /CN=Strict.*asks for 50.*CN=Domain Users.*no account/],
    ['is a finer one even where the domain asks for more', 50, [finer('Mild', ofAll, 20)], 'passed', /CN=Mild/],
    ['is of several the one with the lowest precedence, where that is mild', 14, [finer('Strict', ofAll, 50, 20), finer('Mild', ofAll, 20, 10)], 'passed', /CN=Mild/],
    ['is of several the one with the lowest precedence, where that is strict', 14, [finer('Strict', ofAll, 50, 1), finer('Mild', ofAll, 20, 10)], 'failed', /CN=Strict/],
    ['may be either of two with one precedence', 14, [finer('Strict', ofAll, 50), finer('Mild', ofAll, 20)], 'failed', /CN=Strict/],
    ['is not known while one of those that hold cannot be read', 14, [finer('Hidden', ofAll, null), finer('Strict', ofAll, 50)], 'notChecked', /CN=Hidden.*new accounts.*may not read/],
    ['of an account that is there already matters when it comes back', 14, [finer('Strict', ofOne, 50)], 'warning', /CN=Strict.*CN=anna.*comes back/],
    ['of an account that is there already does not hide what stops new ones', 50, [finer('Strict', ofOne, 60)], 'failed', /policy of the domain asks for 50/],
    ['of an account that is there already is not passed unread', 14, [finer('Hidden', ofOne, null)], 'notChecked', /CN=Hidden.*accounts in the OU.*CN=anna/],
    ['of an account that is there already may ask for less', 14, [finer('Mild', ofOne, 20)], 'passed', /policy of the domain\.$/],
  ])('%s', (_rule, domainLength, policies, state, words) => {
    const answer = judgePasswordPolicies(domain(domainLength), policies)
    expect(answer).toMatchObject({ state, message: expect.stringMatching(words) as string })
    expect(answer.remedy === null).toBe(state === 'passed')
    expect(answer.read).toHaveLength(1 + policies.length)
  })

  it('is lowered by a script that names it, whatever its name is', () => {
    const { scripts } = judgePasswordPolicies(domain(14), [finer("Partner's\\; Remove-ADUser", ofAll, 50)])
    expect(scripts?.[0]?.text).toContain("Set-ADFineGrainedPasswordPolicy -Identity 'CN=Partner''s\\; Remove-ADUser,CN=Password Settings Container,CN=System,DC=contoso,DC=com' -MinPasswordLength 40")
  })
})
