import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FilterVerdict } from '../../../src/main/connectors/graph/filterExpression.ts'
import { attributesOfFilter, judgeByFilter } from '../../../src/main/connectors/graph/filterExpression.ts'
import { parseFilter } from '../../../src/main/connectors/graph/parseFilter.ts'
import type { Value } from '../../../src/shared/domain/attributes.ts'

type Named = Readonly<Record<string, readonly Value[]>>

/** What is not in `named` was not read. */
function judge(filter: string, named: Named): FilterVerdict {
  const parsed = parseFilter(filter)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return judgeByFilter(parsed.value, (name) => (Object.hasOwn(named, name) ? named[name] ?? null : null))
}

describe('a filter', () => {
  const guest: Named = { userType: ['Guest'], companyName: ["O'Brien & Co"], mail: [], accountEnabled: [true], employees: [3], userPrincipalName: ['a_x.com#EXT#@contoso.onmicrosoft.com'] }

  test.each<[string, FilterVerdict]>([
    ['', 'matches'],
    ['  ', 'matches'],
    ["userType eq 'Guest'", 'matches'],
    ["userType eq 'guest'", 'matches'],
    ["userType EQ 'Member'", 'differs'],
    ["userType ne 'Member'", 'matches'],
    ["mail ne 'a@x'", 'matches'],
    ['mail eq null', 'matches'],
    ['companyName ne null', 'matches'],
    ['accountEnabled eq true', 'matches'],
    ['accountEnabled eq false', 'differs'],
    ["accountEnabled eq 'true'", 'differs'],
    ['employees eq 3', 'matches'],
    ["companyName eq 'O''Brien & Co'", 'matches'],
    ["companyName in ('Fabrikam', 'o''brien & co')", 'matches'],
    ['mail in (null)', 'matches'],
    ["startsWith(companyName,'O''B')", 'matches'],
    ["startsWith(companyName,'Brien')", 'differs'],
    ["endswith( userPrincipalName , '#EXT#@contoso.onmicrosoft.com' )", 'matches'],
    ["not endsWith(companyName,'Ltd') and accountEnabled eq true", 'matches'],
    ["not (userType eq 'Guest')", 'differs'],
    ["userType eq 'Member' and mail eq null or accountEnabled eq true", 'matches'],
    ["userType eq 'Member' and (mail eq null or accountEnabled eq true)", 'differs'],
  ])('%s', (filter, expected) => {
    expect(judge(filter, guest)).toBe(expected)
  })

  test.each<[string, FilterVerdict]>([
    ["surname eq 'A'", 'unknown'],
    ["not (surname eq 'A')", 'unknown'],
    ["userType eq 'Member' and surname eq 'A'", 'differs'],
    ["userType eq 'Guest' and surname eq 'A'", 'unknown'],
    ["userType eq 'Guest' or surname eq 'A'", 'matches'],
    ["userType eq 'Member' or surname eq 'A'", 'unknown'],
  ])('%s, where surname was not read', (filter, expected) => {
    expect(judge(filter, guest)).toBe(expected)
  })

  test('names the attributes that it needs, each once', () => {
    const parsed = parseFilter("userType eq 'Guest' and (startsWith(mail,'a') or not (mail in ('b'))) and companyName ne null")
    expect(parsed.ok && attributesOfFilter(parsed.value)).toEqual(['userType', 'mail', 'companyName'])
  })
})

describe('what a client cannot evaluate is refused where it stands', () => {
  test.each<[string, number]>([
    ["identities/any(c:c/issuerAssignedId eq 'x')", 1],
    ["userType eq 'Guest' and createdDateTime ge 2024-01-01T00:00:00Z", 44],
    ['createdDateTime eq 2024-01-01T00:00:00Z', 20],
    ['employees gt 3', 11],
    ["contains(mail,'x')", 9],
    ["userType eq 'Guest", 13],
    ["userType eq 'Guest' and", 24],
    ["(userType eq 'Guest'", 21],
    ["userType eq 'Guest')", 20],
    ["userType in ()", 14],
    ['userType eq Guest', 13],
    ["'Guest' eq userType", 1],
    ["startsWith(mail,null)", 17],
    [`${'('.repeat(60)}a eq 1${')'.repeat(60)}`, 52],
  ])('%s', (filter, position) => {
    expect(parseFilter(filter)).toMatchObject({ ok: false, problem: { kind: 'configurationInvalid', detail: { position } } })
  })

  test('never throws, whatever the text', () => {
    const piece = fc.constantFrom("'", "''", '(', ')', ',', ' ', 'eq', 'in', 'not', 'and', 'toString', '__proto__', 'null', '1', '-', '/', '#', '😀')
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const parsed = parseFilter(pieces.join(''))
      if (parsed.ok) expect(['matches', 'differs', 'unknown']).toContain(judgeByFilter(parsed.value, () => null))
      else expect(parsed.problem.detail?.['position']).toBeGreaterThan(0)
    }))
  })
})
