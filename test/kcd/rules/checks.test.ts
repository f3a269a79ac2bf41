import { describe, expect, it } from 'vitest'
import { checkDelegation } from '../../../src/main/kcd/rules/checkDelegation.ts'
import { checks } from '../../../src/main/kcd/rules/checks.ts'
import type { DelegationFacts, Finding } from '../../../src/shared/domain/delegation.ts'
import { checkCases } from './checkCases.ts'

const findingsOf = (world: DelegationFacts, check: number): readonly Finding[] => checkDelegation(world).findings.filter((finding) => finding.check === check)
const statesOf = (world: DelegationFacts, check: number): readonly string[] => findingsOf(world, check).map((finding) => finding.state)

describe('the table of checks', () => {
  it('has the 47 checks of an expert, in order, each with a name of its own', () => {
    expect(checks.map((row) => row.number)).toEqual(Array.from({ length: 47 }, (_, index) => index + 1))
    expect(new Set(checks.map((row) => row.id)).size).toBe(47)
    expect(checks.map((row) => row.id).filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([])
  })

  it('is tried row by row, each with a world that passes and one that does not', () => {
    expect(checkCases.map((tried) => tried.check).sort((left, right) => left - right)).toEqual(checks.map((row) => row.number))
    expect(checkCases.filter((tried) => tried.failing.length === 0)).toEqual([])
  })
})

const titled = checkCases.map((tried) => ({ ...tried, title: checks.find((row) => row.number === tried.check)?.title ?? '' }))

describe.each(titled)('check $check: $title', ({ check, passing, failing }) => {
  it('passes where nothing is wrong', () => {
    const states = statesOf(passing, check)
    expect(states).toContain('passed')
    expect(states.filter((state) => state === 'failed' || state === 'warning')).toEqual([])
  })

  it.each(failing)('finds $rule', ({ world, state, names, intent }) => {
    const found = findingsOf(world, check).filter((finding) => finding.state === state)
    expect(found.map((finding) => finding.message).join(' ')).toMatch(names)
    const [finding] = found.filter(({ message }) => names.test(message))
    expect(finding?.remedy).toMatch(/\S.{10}/)
    expect(finding?.message).toMatch(/[.?]$/)
    expect(finding?.intent).toEqual(intent ?? null)
    expect(state === 'warning' ? statesOf(world, check) : []).not.toContain('failed')
  })
})

describe('what was not read', () => {
  const unread = titled.flatMap(({ notChecked, ...tried }) => (notChecked === null ? [] : [{ ...tried, world: notChecked }]))

  it.each(unread)('is "not checked" with the reason, in check $check: $title', ({ check, world }) => {
    const findings = findingsOf(world, check).filter((finding) => finding.state === 'notChecked')
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter((finding) => !/: .+\.$/.test(finding.message))).toEqual([])
  })

  it('can be missing to every check but those of texts that an application always has', () => {
    expect(titled.filter((tried) => tried.notChecked === null).map((tried) => tried.check)).toEqual([17, 26, 30])
  })
})
