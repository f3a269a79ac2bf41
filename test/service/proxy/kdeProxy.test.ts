import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseKdeProxy } from '../../../src/main/service/proxy/kdeProxy.ts'
import { named, shown } from './world.ts'

const write = (...lines: readonly string[]): string => ['PersistentProxyConnection=false', '[$Version]', 'update_info=x', '', '[Proxy Settings]', ...lines, '', '[Other]', 'httpsProxy=http://other 1', ''].join('\n')
const refused = (text: string) => ({ refused: expect.stringContaining(text) as unknown })

describe('the proxy of KDE', () => {
  it.each([
    ['is none where nothing is set', [], { kind: 'none' }],
    ['is none where it is switched off', ['ProxyType=0', 'httpsProxy=http://p 1'], { kind: 'none' }],
    ['is left to the variables of the environment', ['ProxyType=4', 'httpsProxy=HTTPS_PROXY'], { kind: 'none' }],
    ['is the one of HTTPS, with its exceptions', ['NoProxyFor=localhost,*.contoso.com 10.0.0.0/8', 'ProxyType=1', 'httpProxy=http://a 80', 'httpsProxy=http://proxy.contoso.com 8080'], named('http://proxy.contoso.com:8080', 'http://a:80', ['localhost', '*.contoso.com', '10.0.0.0/8'])],
    ['may be written as others write it', ['ProxyType=1', 'httpsProxy[$e]=proxy.contoso.com:8080'], named('http://proxy.contoso.com:8080', null)],
    ['of HTTP alone does not serve HTTPS', ['ProxyType=1', 'httpProxy=http://a 80'], { kind: 'none' }],
    ['is a script', ['ProxyType=2', 'Proxy Config Script=http://wpad/p.pac'], { kind: 'script', address: 'http://wpad/p.pac' }],
    ['is a script of the network', ['ProxyType=3'], { kind: 'script', address: null }],
    ['is refused where it speaks SOCKS only', ['ProxyType=1', 'socksProxy=http://s 1080'], refused('SOCKS')],
    ['is refused where it serves the listed hosts only', ['ProxyType=1', 'httpsProxy=http://p 1', 'ReversedException=true'], refused('listed hosts only')],
    ['is refused where it is no address', ['ProxyType=1', 'httpsProxy=http://u:p@$HOST/ 80'], refused('is no address')],
    ['is refused of a type that nobody knows', ['ProxyType=7'], refused('"7"')],
  ])('%s', (_rule, lines, expected) => {
    expect(shown(parseKdeProxy(write(...lines)))).toEqual(expected)
  })

  it('is read without throwing, whatever is written', () => {
    const line = fc.oneof(fc.string({ unit: 'binary' }), fc.string().map((text) => `httpsProxy=${text}`), fc.string().map((text) => `NoProxyFor=${text}`))
    fc.assert(fc.property(fc.array(line), (lines) => {
      expect(['named', 'none', 'script', undefined]).toContain((shown(parseKdeProxy(write('ProxyType=1', ...lines))) as { kind?: string }).kind)
    }))
  })
})
