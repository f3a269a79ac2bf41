import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseWindows, type WindowsKeys } from '../../../src/main/service/proxy/readSystemProxy.ts'
import { parseRegistryValues, readWindowsProxy, readWinHttpProxy } from '../../../src/main/service/proxy/windowsProxy.ts'
import { succeed } from '../../../src/shared/domain/result.ts'
import { named, shown } from './world.ts'

/** As reg.exe prints a key, with a key below it. */
function print(values: Readonly<Record<string, readonly [type: string, data: string]>>): string {
  const key = 'HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings'
  return ['', key, ...Object.entries(values).map(([name, [type, data]]) => `    ${name}    ${type}    ${data}`), '', `${key}\\5.0`, ''].join('\r\n')
}

const on = { ProxyEnable: ['REG_DWORD', '0x1'] } as const
const server = (text: string, override = '') => ({ ...on, ProxyServer: ['REG_SZ', text] as const, ProxyOverride: ['REG_SZ', override] as const })
const script = { AutoConfigURL: ['REG_SZ', 'http://wpad.contoso.com/wpad.dat'] } as const
const refused = (text: string) => ({ refused: expect.stringContaining(text) as unknown })

describe('the proxy of Windows', () => {
  it.each([
    ['is none where nothing is written down', {}, { kind: 'none' }],
    ['is none where it is switched off', { ...server('proxy:8080'), ProxyEnable: ['REG_DWORD', '0x0'] as const }, { kind: 'none' }],
    ['is one for everything', server('proxy.contoso.com:8080', '*.contoso.com;10.*;<local>'), named('http://proxy.contoso.com:8080', 'http://proxy.contoso.com:8080', ['*.contoso.com', '10.*', '<local>'])],
    ['is the one of HTTPS where each protocol has its own', server('http=a:80;https=b:443;ftp=c:21'), named('http://b:443', 'http://a:80')],
    ['of HTTP alone does not serve HTTPS', server('http=a:80'), { kind: 'none' }],
    ['may be written as a URL, its password as it is', server('https=https://u:Secret@b:8443'), named('https://u:Secret@b:8443', null)],
    ['has the port of HTTP where none is written', server('proxy'), named('http://proxy', 'http://proxy')],
    ['may be an address of IPv6', server('[fd00::1]:3128'), named('http://[fd00::1]:3128', 'http://[fd00::1]:3128')],
    ['goes before a script', { ...server('proxy:8080'), ...script }, named('http://proxy:8080', 'http://proxy:8080')],
    ['is a script', script, { kind: 'script', address: 'http://wpad.contoso.com/wpad.dat' }],
    ['is refused where it speaks SOCKS only', server('socks=s:1080'), refused('SOCKS')],
    ['is refused where it is no address', server('https=b:port'), refused('the proxy settings of Windows')],
  ])('%s', (_rule, values, expected) => {
    expect(shown(readWindowsProxy(parseRegistryValues(print(values))))).toEqual(expected)
  })

  it('is read without throwing, whatever stands in the registry', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('https=', '=', 'https=u:p@[::1', 'https=http://%zz@a')), fc.string(), (text, override) => {
      expect(['named', 'none', undefined]).toContain((shown(readWindowsProxy(parseRegistryValues(print(server(text, override))))) as { kind?: string }).kind)
    }))
  })
})

describe('the proxy of WinHTTP', () => {
  const write = (text: string, bypass: string, flags = 3): string => {
    const numbers = (...values: readonly number[]): string => values.map((value) => Buffer.from(new Uint32Array([value]).buffer).toString('hex')).join('')
    return `${numbers(0x18, 0, flags, text.length)}${Buffer.from(text).toString('hex')}${numbers(bypass.length)}${Buffer.from(bypass).toString('hex')}`.toUpperCase()
  }
  const read = (data: string, type = 'REG_BINARY') => shown(readWinHttpProxy(parseRegistryValues(print({ WinHttpSettings: [type, data] }))))

  it('is none in the bytes that Microsoft documents for direct access, and where the value is missing', () => {
    expect(read('1800000000000000010000000000000000000000')).toEqual({ kind: 'none' })
    expect(shown(readWinHttpProxy(new Map()))).toEqual({ kind: 'none' })
  })

  it('is what "netsh winhttp set proxy" wrote, with its exceptions', () => {
    expect(read(write('proxy.contoso.com:8080', 'localhost;*.contoso.com'))).toEqual(named('http://proxy.contoso.com:8080', 'http://proxy.contoso.com:8080', ['localhost', '*.contoso.com']))
    expect(read(write('https=b:443', ''))).toEqual(named('http://b:443', null))
  })

  it.each([['cut off', write('proxy:8080', '').slice(0, -10)], ['of another type', write('proxy:8080', ''), 'REG_SZ'], ['no bytes', 'zz'], ['empty', '']])('is refused where the value is %s', (_how, data, type = 'REG_BINARY') => {
    expect(read(data, type)).toEqual(refused('WinHTTP'))
  })

  it('is read without throwing, whatever the bytes are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(['named', 'none', undefined]).toContain((read(Buffer.from(bytes).toString('hex')) as { kind?: string }).kind)
    }))
  })
})

describe('which settings of Windows count', () => {
  const keys = (values: Partial<Record<keyof WindowsKeys, string>>): WindowsKeys => {
    const of = (key: keyof WindowsKeys) => succeed(parseRegistryValues(values[key] ?? ''))
    return { policy: of('policy'), ofUser: of('ofUser'), ofComputer: of('ofComputer'), connections: of('connections') }
  }
  const [user, computer] = [print(server('of-user:1')), print(server('of-computer:2'))]
  const winHttp = print({ WinHttpSettings: ['REG_BINARY', `18000000000000000300000004000000${Buffer.from('wh:3').toString('hex')}00000000`] })

  it.each([
    ['those of the user', { ofUser: user, ofComputer: computer, connections: winHttp }, 'http://of-user:1'],
    ['those of the computer where the policy says so', { policy: print({ ProxySettingsPerUser: ['REG_DWORD', '0x0'] }), ofUser: user, ofComputer: computer }, 'http://of-computer:2'],
    ['those of the user where the policy leaves them', { policy: print({ ProxySettingsPerUser: ['REG_DWORD', '0x1'] }), ofUser: user, ofComputer: computer }, 'http://of-user:1'],
    ['those of WinHTTP where the user has none', { ofComputer: computer, connections: winHttp }, 'http://wh:3'],
  ])('%s', (_which, values, https) => {
    expect(shown(chooseWindows(keys(values)).proxy)).toMatchObject({ kind: 'named', https })
  })
})
