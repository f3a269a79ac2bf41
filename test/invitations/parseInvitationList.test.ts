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
    ['mail,team\na@b.example,', 'There is no such column. Columns are mail, name, redirect, message, language, cc.'],
    ['mail,mail\na@b.example,', 'The column is there twice.'],
  ])('whose header is %j is refused', (text, message) => {
    const parsed = parseInvitationList(text, redirect)
    expect(parsed.ok ? [] : parsed.problem.map((mistake) => mistake.message)).toContain(message)
  })

  it.each([
    ['UTF-16, as Excel writes "Unicode Text"', Buffer.from('\uFEFFmail,name\r\nana@fabrikam.com,Ana\r\n', 'utf16le'), { line: 1, message: expect.stringContaining('in UTF-16, not in UTF-8. Save it as UTF-8') as string }],
    ['UTF-16 without a mark, high bytes first', Buffer.from('mail\nana@fabrikam.com', 'utf16le').swap16(), { line: 1, message: expect.stringContaining('in UTF-16') as string }],
    ['a Windows code page', Buffer.from('mail,name\r\nana@fabrikam.com,Ana\r\njoerg@fabrikam.com,J\xF6rg\r\n', 'latin1'), { line: 3, message: expect.stringContaining('not in UTF-8: this line') as string }],
  ])('in %s is refused with what to do, and with nothing else', (_encoding, bytes, mistake) => {
    // As both hosts read a file: Node and the browser put replacement characters where the bytes are no UTF-8.
    expect(parseInvitationList(bytes.toString('utf8'), redirect)).toEqual({ ok: false, problem: [{ column: null, value: '', ...mistake }] })
  })

  it('whose quotes do not end is refused with its line', () => {
    const parsed = parseInvitationList('mail,name\nana@fabrikam.com,"Ana\n', redirect)
    expect(parsed).toMatchObject({ ok: false, problem: [{ message: expect.stringContaining('cannot be read as CSV') }] })
  })

  it('gives back any names and messages that were written as CSV', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.trim().replaceAll('\r', '')).filter((value) => !value.includes('\uFFFD') && !/^[=+\-@\t\uff1d\uff0b\uff0d\uff20]/.test(value))
    fc.assert(fc.property(fc.array(text, { maxLength: 5 }), (names) => {
      const csv = [renderCsvRecord(['mail', 'name']), ...names.map((name, index) => renderCsvRecord([`p${index}@fabrikam.com`, name]))].join('')
      const parsed = parseInvitationList(csv, redirect)
      expect(parsed.ok ? parsed.value.map(({ invitation }) => invitation.displayName) : parsed.problem).toEqual(names.map((name) => (name === '' ? null : name)))
    }))
  })
})
