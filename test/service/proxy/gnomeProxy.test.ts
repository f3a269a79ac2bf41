import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseGnomeProxy } from '../../../src/main/service/proxy/gnomeProxy.ts'
import { parseVariant } from '../../../src/main/service/proxy/parseVariant.ts'
import { named, shown } from './world.ts'

/** As gsettings of GLib 2.74 prints it; `changes` by schema and key. */
function print(changes: Readonly<Record<string, string>>): string {
  const settings: Readonly<Record<string, string>> = {
    ' autoconfig-url': "''", ' ignore-hosts': "['localhost', '127.0.0.0/8', '::1']", ' mode': "'manual'", ' use-same-proxy': 'true', '.ftp host': "''", '.ftp port': '0',
    '.http authentication-password': "''", '.http authentication-user': "''", '.http enabled': 'false', '.http host': "''", '.http port': '8080', '.http use-authentication': 'false',
    '.https host': "''", '.https port': '0', '.socks host': "''", '.socks port': '0', ...changes,
  }
  return Object.entries(settings).map(([key, value]) => `org.gnome.system.proxy${key} ${value}\n`).join('')
}

const usual = ['localhost', '127.0.0.0/8', '::1']

describe('the proxy of GNOME', () => {
  it.each([
    ['is none in the mode "none", whatever else stands there', { ' mode': "'none'", '.https host': "'proxy.contoso.com'", '.https port': '443' }, { kind: 'none' }],
    ['is the one of HTTPS', { '.https host': "'secure.contoso.com'", '.https port': '3128' }, named('http://secure.contoso.com:3128', null, usual)],
    ['is the one of HTTP where HTTPS has none', { '.http host': "'proxy.contoso.com'" }, named('http://proxy.contoso.com:8080', 'http://proxy.contoso.com:8080', usual)],
    ['is each its own where both are named', { '.http host': "'a'", '.https host': "'b'", '.https port': '1' }, named('http://b:1', 'http://a:8080', usual)],
    ['needs a port', { '.https host': "'secure.contoso.com'" }, { kind: 'none' }],
    ['has the account of HTTP, whatever characters are in it', { '.http host': "'proxy'", '.http use-authentication': 'true', '.http authentication-user': "'a@b'", '.http authentication-password': '"it\'s:/?"' }, named("http://a%40b:it's%3A%2F%3F@proxy:8080", "http://a%40b:it's%3A%2F%3F@proxy:8080", usual)],
    ['has no account where it is not to be used', { '.http host': "'proxy'", '.http authentication-user': "'a'" }, named('http://proxy:8080', 'http://proxy:8080', usual)],
    ['may have no exceptions', { '.http host': "'proxy'", ' ignore-hosts': '@as []' }, named('http://proxy:8080', 'http://proxy:8080')],
    ['may be an address of IPv6', { '.http host': "'fd00::1'" }, named('http://[fd00::1]:8080', 'http://[fd00::1]:8080', usual)],
    ['is a script', { ' mode': "'auto'", ' autoconfig-url': "'http://wpad.contoso.com/proxy.pac'" }, { kind: 'script', address: 'http://wpad.contoso.com/proxy.pac' }],
    ['is a script of the network where none is named', { ' mode': "'auto'" }, { kind: 'script', address: null }],
    ['is refused where it speaks SOCKS only', { '.socks host': "'socks'", '.socks port': '1080' }, { refused: expect.stringContaining('SOCKS') as unknown }],
    ['is refused where its host is none', { '.http host': "'a b'" }, { refused: expect.stringContaining('"a b" is no name of a host') as unknown }],
    ['is refused in a mode that nobody knows', { ' mode': "'tunnel'" }, { refused: expect.stringContaining('"tunnel"') as unknown }],
  ])('%s', (_rule, changes: Readonly<Record<string, string>>, expected) => {
    expect(shown(parseGnomeProxy(print(changes)))).toEqual(expected)
  })

  it('is refused with where and what to do where nothing of it can be read', () => {
    expect(parseGnomeProxy('garbage')).toMatchObject({ ok: false, problem: { kind: 'configurationInvalid', message: expect.stringContaining('the proxy settings of GNOME') as unknown, remedy: expect.stringContaining('HTTPS_PROXY') as unknown } })
  })

  it('is read without throwing, whatever is printed', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(' mode', ' ignore-hosts', '.http host', '.http port', '.http authentication-user', '.http authentication-password', '.https host'), fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom("'manual'", "'auto'", '-1', '99999', "'\\ud800'"))), (changes) => {
      expect(['named', 'none', 'script', undefined]).toContain((shown(parseGnomeProxy(print({ '.http use-authentication': 'true', ...changes }))) as { kind?: string }).kind)
    }))
  })

  it('never shows a password where it is refused', () => {
    const changes = { '.http host': "'a b'", '.http use-authentication': 'true', '.http authentication-user': "'u'", '.http authentication-password': "'hunter2'" }
    expect(JSON.stringify(parseGnomeProxy(print(changes)))).not.toContain('hunter2')
  })
})

describe('a value of GVariant', () => {
  it.each([
    ["'it\\'s'", "it's"], ['"it\'s"', "it's"], ["'a\\\\b\\tc\\u00e9\\U0001F600'", 'a\\b\tcé😀'], ["['a', \"b's\"]", ['a', "b's"]], ['@as []', []], ['[]', []], ['-3', -3], ['true', true],
    ["'open", null], ["'a' b", null], ["['a' 'b']", null], ["['a', ]", null], ["'\\U00110000'", '\ufffd'], ['uint32 5', null], ['', null],
  ])('%s', (text, value) => {
    expect(parseVariant(text)).toEqual(value)
  })

  it('is the text that was written, between either quotes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom("'", '"'), (text, quote) => {
      const written = `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`
      expect(parseVariant(written)).toBe(text)
      expect(parseVariant(`[${written}, ${written}]`)).toEqual([text, text])
    }))
  })
})
