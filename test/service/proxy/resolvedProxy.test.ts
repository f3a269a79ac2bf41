import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { combineResolved } from '../../../src/main/service/proxy/resolvedProxy.ts'
import { named, shown } from './world.ts'

const combine = (graph: string, signIn: string) => shown(combineResolved([{ url: 'https://graph.microsoft.com', answer: graph }, { url: 'https://login.microsoftonline.com', answer: signIn }]))

describe('what a browser says about Graph and the sign-in', () => {
  it.each([
    ['is no proxy where both are asked directly', 'DIRECT', 'DIRECT', { kind: 'none' }],
    ['is the one proxy of both, the way to fall back on left out', 'PROXY proxy.contoso.com:8080;DIRECT', 'PROXY proxy.contoso.com:8080; DIRECT', named('http://proxy.contoso.com:8080', null)],
    ['may be a proxy that speaks TLS', 'HTTPS proxy.contoso.com:8443', 'HTTPS proxy.contoso.com:8443', named('https://proxy.contoso.com:8443', null)],
    ['excepts the host that is asked directly', 'DIRECT', 'PROXY p:1', named('http://p:1', null, ['graph.microsoft.com'])],
    ['takes the first entry that can be used', 'SOCKS5 s:1080; PROXY p:1', 'PROXY p:1', named('http://p:1', null)],
    ['is refused where it is SOCKS only', 'SOCKS5 s:1080', 'SOCKS s:1080', { refused: expect.stringContaining('SOCKS') as unknown }],
    ['is refused where it is not understood', 'what?', 'DIRECT', { refused: expect.stringContaining('graph.microsoft.com is not understood') as unknown }],
  ])('%s', (_rule, graph, signIn, expected) => {
    expect(combine(graph, signIn)).toEqual(expected)
  })

  it('is the proxy of Graph where the two have different ones, and that is said', () => {
    expect(combine('PROXY a:1', 'PROXY b:2')).toMatchObject({ kind: 'named', https: 'http://a:1', problems: [{ message: expect.stringContaining('login.microsoftonline.com has another proxy than graph.microsoft.com; all go through http://a:1') as unknown }] })
  })

  it('is read without throwing, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (graph, signIn) => {
      expect(['named', 'none', undefined]).toContain((combine(graph, signIn) as { kind?: string }).kind)
    }))
  })
})
