import { describe, expect, it } from 'vitest'
import { findSeenAs, readPageText } from '../../../src/main/kcd/proof/readPage.ts'

const upn = 'ana_fabrikam.com#EXT#@contoso.onmicrosoft.com'

describe('findSeenAs', () => {
  it.each([
    ['the name as REMOTE_USER of Apache has it', 'REMOTE_USER=ana_fabrikam.com#EXT#\\@contoso.onmicrosoft.com@CONTOSO.TEST', `${upn}@CONTOSO.TEST`],
    ['the UPN within a sentence', `Welcome, ${upn}.`, upn],
    ['in another case', `hello ${upn.toUpperCase()}`, upn],
    ['an account name behind its domain', 'You are CONTOSO\\g_ana (Kerberos)', 'g_ana'],
    ['in a header', `X-User: ${upn}\n`, upn],
    ['escaped for HTML', '<p>ana_fabrikam.com#EXT#&#64;contoso.onmicrosoft.com</p>', upn],
  ])('finds %s', (_, text, seen) => {
    expect(findSeenAs(text, [upn, `${upn}@CONTOSO.TEST`, 'g_ana'])).toBe(seen)
  })

  it.each([['a longer word', 'g_anatol'], ['another name', 'xg_ana'], ['nothing', '']])('does not take %s for the guest', (_, text) => {
    expect(findSeenAs(text, ['g_ana', ''])).toBeNull()
  })

  it('finds a name that first occurs within another one', () => {
    expect(findSeenAs('g_anatol and g_ana', ['g_ana'])).toBe('g_ana')
  })
})

describe('readPageText', () => {
  it('keeps the words, neither markup nor scripts nor what a terminal obeys', () => {
    expect(readPageText('<html><style>p{}</style><script>alert("x")</script><h1>Welcome,&lt;Ana&gt;</h1>\n\u001B[31m<p>to &amp; fro</p></html>')).toBe('Welcome,<Ana> [31m to & fro')
  })

  it('keeps the beginning of a long page', () => {
    expect(readPageText('x'.repeat(1_000))).toHaveLength(301)
  })
})
