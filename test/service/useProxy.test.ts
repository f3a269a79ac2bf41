import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProxySwitch, useProxy, type ProxyOptions } from '../../src/main/service/useProxy.ts'
import { startConnectProxy, type ConnectProxy } from '../fixtures/connectProxy.ts'

// A name that only a proxy knows: what is asked for it without one fails.
describe('fetch of this thread', () => {
  let server: Server
  let address: string
  let local: string
  let proxies: readonly [ConnectProxy, ConnectProxy]
  const proxySwitch = createProxySwitch()

  beforeEach(async () => {
    server = createServer((_request, response) => response.end('reached')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    address = `http://graph.guestbridge.test:${port}`
    local = `http://127.0.0.1:${port}`
    proxies = [await startConnectProxy(), await startConnectProxy()]
  })
  afterEach(async () => {
    proxySwitch.set(null)
    for (const proxy of proxies) await proxy.close()
    server.closeAllConnections()
    server.close()
  })

  const use = (environment: ProxyOptions['environment'], resolveProxy: ProxyOptions['resolveProxy'] = null) =>
    useProxy({ environment: { PATH: '/nonexistent', ...environment }, platform: 'linux', entra: null, resolveProxy }, proxySwitch)
  const ask = async (url: string): Promise<string> => (await fetch(url)).text()

  it('goes through the proxy of the environment; another takes its place, and none ends it', async () => {
    await use({ HTTP_PROXY: proxies[0].url })
    expect(await ask(address)).toBe('reached')
    await use({ HTTP_PROXY: proxies[1].url })
    expect(await ask(address)).toBe('reached')
    expect(proxies.map(({ tunnels }) => tunnels.length)).toEqual([1, 1])
    expect(await use({ NO_PROXY: '*' })).toMatchObject({ ok: true, value: { proxy: null } })
    await expect(ask(address)).rejects.toThrow('fetch failed')
    expect(proxies.map(({ tunnels }) => tunnels.length)).toEqual([1, 1])
  })

  it('asks this computer itself, whatever is named', async () => {
    await use({ HTTP_PROXY: proxies[0].url })
    expect(await ask(local)).toBe('reached')
    expect(proxies[0].tunnels).toEqual([])
  })

  it('keeps its way where a variable cannot be used', async () => {
    await use({ HTTP_PROXY: proxies[0].url })
    expect(await use({ HTTP_PROXY: 'nonsense' })).toMatchObject({ ok: false, problem: { detail: { variable: 'HTTP_PROXY' } } })
    expect(await ask(address)).toBe('reached')
  })

  it('is told by the browser of its host how Microsoft is reached; where that has no answer, the system is asked', async () => {
    const asked: string[] = []
    const resolve = (answer: string | null) => (url: string): Promise<string | null> => {
      asked.push(url)
      return Promise.resolve(answer)
    }
    expect(await use({}, resolve('PROXY proxy.contoso.com:8080'))).toMatchObject({ ok: true, value: { proxy: 'http://proxy.contoso.com:8080', namedBy: 'the settings of the system, as the window reads them' } })
    expect(asked).toEqual(['https://graph.microsoft.com', 'https://login.microsoftonline.com'])
    expect(await use({}, resolve(null))).toMatchObject({ ok: true, value: { proxy: null, namedBy: null, problems: [] } })
  })
})
