import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sayExceptions } from '../../../src/main/service/proxy/sayExceptions.ts'
import { isProxied } from '../../../src/shared/domain/proxyInUse.ts'

const say = (text: string) => sayExceptions([text])
const proxied = (url: string, exceptions: readonly string[]): boolean => isProxied(url, { proxy: 'http://p', namedBy: 'test', exceptions, problems: [] })

describe('an exception of the system, in the words of NO_PROXY,', () => {
  it.each([
    ['localhost', 'localhost'], ['Intranet.Contoso.com', 'intranet.contoso.com'], ['*.contoso.com', '.contoso.com'], ['.contoso.com', '.contoso.com'], ['*contoso.com', '.contoso.com'], ['contoso.com:8443', 'contoso.com:8443'],
    ['https://contoso.com', 'contoso.com'], ['10.1.2.3', '10.1.2.3'], ['::1', '[::1]'], ['[fd00::1]:8080', '[fd00::1]:8080'],
  ])('%s is said', (text, said) => {
    expect(say(text)).toEqual({ said: [said], unsaid: [], exceptsAll: false })
  })

  it.each(['10.*', '192.168.*.*', '192.168.0.0/16', '169.254/16', '172.16-31.*', 'fe80::/10', '<local>', '<-loopback>', 'http://contoso.com', ' '])('%s is of no concern to hosts that have a name with dots', (text) => {
    expect(say(text)).toEqual({ said: [], unsaid: [], exceptsAll: false })
  })

  it.each(['graph.*', '*microsoft*', 'a.*.contoso.com', 'gr?ph.microsoft.com', 'ftp://contoso.com'])('%s cannot be said, and that is known', (text) => {
    expect(say(text)).toEqual({ said: [], unsaid: [text], exceptsAll: false })
  })

  it('* is everything', () => {
    expect(sayExceptions(['localhost', '*'])).toEqual({ said: ['localhost'], unsaid: [], exceptsAll: true })
  })

  it('is one entry without comma or blank, so that it cannot except more than it said', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.webAuthority(), fc.domain(), fc.ipV6())), (exceptions) => {
      for (const entry of sayExceptions(exceptions).said) expect(entry).toMatch(/^[^\s,*]+$/)
    }))
  })

  it('holds for the domain and what is below it, and for no other host', () => {
    fc.assert(fc.property(fc.domain(), fc.domain(), (domain, other) => {
      const { said } = say(`*.${domain}`)
      expect(proxied(`https://host.${domain}`, said)).toBe(false)
      expect(proxied(`https://x${domain}`, said)).toBe(true)
      expect(proxied(`https://${other}`, said)).toBe(!(other === domain || other.endsWith(`.${domain}`)))
    }))
  })
})
