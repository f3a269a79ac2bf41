import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMacProxy } from '../../../src/main/service/proxy/macProxy.ts'
import { named, shown } from './world.ts'

const print = (lines: readonly string[]): string => `<dictionary> {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
const https = ['HTTPSEnable : 1', 'HTTPSPort : 8443', 'HTTPSProxy : secure.contoso.com']
const http = ['HTTPEnable : 1', 'HTTPPort : 8080', 'HTTPProxy : proxy.contoso.com']
const exceptions = ['ExceptionsList : <array> {', '  0 : *.local', '  1 : 169.254/16', '}']

describe('the proxy of macOS', () => {
  it.each([
    ['is none where all are off', ['FTPPassive : 1', 'HTTPEnable : 0', 'HTTPSEnable : 0', 'SOCKSEnable : 0', ...exceptions], { kind: 'none' }],
    ['is the one of HTTPS, with its exceptions', [...exceptions, 'FTPPassive : 1', ...http, ...https], named('http://secure.contoso.com:8443', 'http://proxy.contoso.com:8080', ['*.local', '169.254/16'])],
    ['of HTTP does not serve HTTPS', http, { kind: 'none' }],
    ['that is off is none, though it is still written down', ['HTTPSEnable : 0', 'HTTPSPort : 1', 'HTTPSProxy : a'], { kind: 'none' }],
    ['of one interface is not that of the computer', ['__SCOPED__ : <dictionary> {', '  en0 : <dictionary> {', '    HTTPSEnable : 1', '    HTTPSProxy : a', '  }', '}'], { kind: 'none' }],
    ['has the exceptions that somebody wrote into one field', ['ExceptionsList : <array> {', '  0 : *.a.com,localhost', '}', ...https], named('http://secure.contoso.com:8443', null, ['*.a.com', 'localhost'])],
    ['goes before a script, which is what it stands in for', ['ProxyAutoConfigEnable : 1', 'ProxyAutoConfigURLString : http://wpad/p.pac', ...https], named('http://secure.contoso.com:8443', null)],
    ['is a script', ['ProxyAutoConfigEnable : 1', 'ProxyAutoConfigURLString : http://wpad/p.pac'], { kind: 'script', address: 'http://wpad/p.pac' }],
    ['is a script of the network', ['ProxyAutoDiscoveryEnable : 1'], { kind: 'script', address: null }],
    ['is refused where it speaks SOCKS only', ['SOCKSEnable : 1', 'SOCKSPort : 1080', 'SOCKSProxy : s'], { refused: expect.stringContaining('SOCKS') as unknown }],
    ['is refused with a port that is none', ['HTTPSEnable : 1', 'HTTPSPort : 99999', 'HTTPSProxy : a'], { refused: expect.stringContaining('"99999"') as unknown }],
    ['is refused without a name', ['HTTPSEnable : 1'], { refused: expect.stringContaining('is no address of a proxy') as unknown }],
  ])('%s', (_rule, lines, expected) => {
    expect(shown(parseMacProxy(print(lines)))).toEqual(expected)
  })

  it('is refused where scutil prints something else', () => {
    expect(shown(parseMacProxy('No such key'))).toEqual({ refused: expect.stringContaining('the network settings of macOS') as unknown })
  })

  it('is read without throwing, whatever is printed', () => {
    const line = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...https, ...exceptions, 'HTTPSPort : x'))
    fc.assert(fc.property(fc.array(line), (lines) => {
      expect(['named', 'none', 'script', undefined]).toContain((shown(parseMacProxy(print(lines))) as { kind?: string }).kind)
    }))
  })
})
