import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInvitationList } from '../../src/main/invitations/parseInvitationList.ts'
import { renderCsvRecord } from '../../src/shared/domain/csvRecord.ts'

const redirect = 'https://apps.contoso.com'

describe('a list of people to invite', () => {
  it('may have quotes, semicolons, a BOM and empty lines, and takes what a line lacks from its defaults', () => {
    const text = '\uFEFFMail;Name;Message\r\nana@fabrikam.com;"Souza; Ana";"Hello\nAna"\r\n\r\nben@fabrikam.com;;\r\n'
    expect(parseInvitationList(text, redirect)).toEqual({
      ok: true, value: [
        { line: 2, invitation: { mail: 'ana@fabrikam.com', displayName: 'Souza; Ana', redirectUrl: redirect, message: 'Hello\nAna', language: null, cc: null } },
        { line: 5, invitation: { mail: 'ben@fabrikam.com', displayName: null, redirectUrl: redirect, message: null, language: null, cc: null } },
      ],
    })
  })

  it('is refused as a whole, with line, column, value and reason of every mistake', () => {
    const text = 'mail,redirect,language,cc\nana@fabrikam,http://x,german!,\n,,,\nben@fabrikam.com,,,nobody\nBEN@fabrikam.com,,,\n'
    const parsed = parseInvitationList(text, redirect)
    expect(parsed.ok ? [] : parsed.problem).toEqual([
      { line: 2, column: 'mail', value: 'ana@fabrikam', message: 'is no mail address that can be invited' },
      { line: 2, column: 'redirect', value: 'http://x', message: 'is no https address, such as https://myapps.microsoft.com' },
      { line: 2, column: 'language', value: 'german!', message: 'is no language, such as de-DE or fr' },
      { line: 3, column: 'mail', value: '', message: 'is missing' },
      { line: 4, column: 'cc', value: 'nobody', message: 'is no mail address' },
      { line: 5, column: 'mail', value: 'BEN@fabrikam.com', message: 'is in line 4 already' },
    ])
  })

  it.each([
    ['', 'The list is empty: it needs a header with the column mail.'],
    ['name\nAna', 'The column mail is missing.'],
    ['mail,mial\na@b.example,', 'There is no such column; did you mean "mail"? Columns are mail, name, redirect, message, language, cc.'],
    ['mail,mail\na@b.example,', 'The column is there twice.'],
  ])('whose header is %j is refused', (text, message) => {
    const parsed = parseInvitationList(text, redirect)
    expect(parsed.ok ? [] : parsed.problem.map((mistake) => mistake.message)).toContain(message)
  })

  it('whose quotes do not end is refused with its line', () => {
    const parsed = parseInvitationList('mail,name\nana@fabrikam.com,"Ana\n', redirect)
    expect(parsed).toMatchObject({ ok: false, problem: [{ message: expect.stringContaining('cannot be read as CSV') }] })
  })

  it('gives back any names and messages that were written as CSV', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.trim().replaceAll('\r', '')).filter((value) => !/^[=+\-@\t\uff1d\uff0b\uff0d\uff20]/.test(value))
    fc.assert(fc.property(fc.array(text, { maxLength: 5 }), (names) => {
      const csv = [renderCsvRecord(['mail', 'name']), ...names.map((name, index) => renderCsvRecord([`p${index}@fabrikam.com`, name]))].join('')
      const parsed = parseInvitationList(csv, redirect)
      expect(parsed.ok ? parsed.value.map(({ invitation }) => invitation.displayName) : parsed.problem).toEqual(names.map((name) => (name === '' ? null : name)))
    }))
  })
})
