import { describe, expect, it } from 'vitest'
import { chooseProxy } from '../../../src/main/service/proxy/chooseProxy.ts'
import { parseGnomeProxy } from '../../../src/main/service/proxy/gnomeProxy.ts'
import { readSystemProxy, type SystemAnswer } from '../../../src/main/service/proxy/readSystemProxy.ts'
import { noSystemProxy, type SystemProxy } from '../../../src/main/service/proxy/systemProxy.ts'
import { parseProxyUrl } from '../../../src/main/service/proxy/proxyUrl.ts'
import { describeWay } from '../../../src/shared/domain/proxyInUse.ts'
import { succeed } from '../../../src/shared/domain/result.ts'

type Environment = Parameters<typeof chooseProxy>[0]
const never = ['localhost', '127.0.0.1', '[::1]']
const where = 'the settings of a system'
const graph = 'https://graph.microsoft.com'

const says = (proxy: SystemProxy) => (): Promise<SystemAnswer> => Promise.resolve({ where, proxy: succeed(proxy) })
const notAsked = (): Promise<SystemAnswer> => { throw new Error('The system was asked') }

function systemProxy(url: string, exceptions: readonly string[] = []): SystemProxy {
  const https = parseProxyUrl(url)
  if (https === null) throw new Error(`${url} is no proxy`)
  return { kind: 'named', https, http: null, exceptions, problems: [] }
}

async function choose(environment: Environment, ask: () => Promise<SystemAnswer>) {
  const chosen = await chooseProxy(environment, ask)
  if (!chosen.ok) throw new Error(chosen.problem.message)
  return chosen.value
}

describe('the environment', () => {
  it('goes first: the system is not asked', async () => {
    const { variables, inUse } = await choose({ HTTPS_PROXY: 'http://u:hunter2@env:1', NO_PROXY: 'a.com, .b.com' }, notAsked)
    expect(variables).toEqual({ https_proxy: 'http://u:hunter2@env:1', no_proxy: ['a.com', '.b.com', ...never].join(',') })
    expect(inUse).toEqual({ proxy: 'http://env:1', namedBy: 'HTTPS_PROXY', exceptions: ['a.com', '.b.com', ...never], problems: [] })
  })

  it('is read in small letters before capitals, as curl and Node do', async () => {
    expect((await choose({ https_proxy: 'http://small:1', HTTPS_PROXY: 'http://large:1' }, notAsked)).inUse.proxy).toBe('http://small:1')
  })

  it('serves https with the proxy of HTTP where that is the only one', async () => {
    expect((await choose({ HTTP_PROXY: 'http://plain:1' }, notAsked)).inUse).toMatchObject({ proxy: 'http://plain:1', namedBy: 'HTTP_PROXY' })
  })

  it.each([{ NO_PROXY: '*' }, { NO_PROXY: 'a.com,*', HTTPS_PROXY: 'http://env:1' }])('says that there is no proxy: %o', async (environment) => {
    const { variables, inUse } = await choose(environment, notAsked)
    expect(variables).toBeNull()
    expect(describeWay(graph, inUse)).toBe('directly, as NO_PROXY says of everything')
  })

  it.each(['proxy:8080', 'user:hunter2@proxy', 'socks5://hunter2', 'http://', 'http://user:hunter2@$PROXY:8080', 'http://hunter2%zz@proxy:1', 'http://hunter2\n@proxy'])('that names no proxy that can be used is refused without being shown: %j', async (text) => {
    const refused = await chooseProxy({ HTTPS_PROXY: text }, notAsked)
    expect(refused).toMatchObject({ ok: false, problem: { message: expect.stringContaining('HTTPS_PROXY') as unknown, remedy: expect.stringContaining('http://proxy.contoso.com:8080') as unknown } })
    expect(JSON.stringify(refused)).not.toContain('hunter2')
  })
})

describe('where the environment names no proxy, the system', () => {
  it('names it, with its exceptions and those of NO_PROXY; its password is not shown', async () => {
    const { variables, inUse } = await choose({ HTTPS_PROXY: '', NO_PROXY: 'a.com' }, says(systemProxy('http://u:hunter2@p:1', ['*.contoso.com', '10.*', '<local>'])))
    expect(variables).toEqual({ https_proxy: 'http://u:hunter2@p:1', no_proxy: ['a.com', '.contoso.com', ...never].join(',') })
    expect(inUse).toEqual({ proxy: 'http://p:1', namedBy: where, exceptions: ['a.com', '.contoso.com', ...never], problems: [] })
  })

  it('is told of when an exception cannot be taken over', async () => {
    const { inUse } = await choose({}, says(systemProxy('http://p:1', ['graph.*'])))
    expect(inUse.problems).toMatchObject([{ message: expect.stringContaining('these exceptions do not hold here: graph.*') as unknown, remedy: expect.stringContaining('NO_PROXY') as unknown }])
  })

  it('may except everything', async () => {
    const { variables, inUse } = await choose({}, says(systemProxy('http://p:1', ['*'])))
    expect(variables).toBeNull()
    expect(describeWay(graph, inUse)).toBe(`directly, as ${where} says of everything`)
  })

  it('may have none', async () => {
    const { variables, inUse } = await choose({}, says(noSystemProxy))
    expect(variables).toBeNull()
    expect(describeWay(graph, inUse)).toBe('directly: neither HTTPS_PROXY nor the settings of the system name a proxy')
  })

  it('is told of when a script chooses: it is not run, and what to do is said; its password is not', async () => {
    const { variables, inUse } = await choose({}, says({ kind: 'script', address: 'http://u:hunter2@wpad.contoso.com/proxy.pac?key=hunter2' }))
    expect(variables).toBeNull()
    expect(inUse.problems).toMatchObject([{ message: expect.stringContaining('(http://wpad.contoso.com/proxy.pac)') as unknown, remedy: expect.stringContaining('HTTPS_PROXY') as unknown }])
    expect(JSON.stringify(inUse)).not.toContain('hunter2')
    expect((await choose({}, says({ kind: 'script', address: null }))).inUse.problems[0]?.message).toContain('look in the network for a script')
  })

  it('is told of when its setting cannot be used, and nothing stops', async () => {
    const { variables, inUse } = await choose({}, () => Promise.resolve({ where, proxy: parseGnomeProxy('garbage') }))
    expect(variables).toBeNull()
    expect(inUse.problems).toHaveLength(1)
  })
})

describe('a system without such settings', () => {
  it.each(['linux', 'darwin', 'win32'] as const)('has no proxy (%s without its tool)', async (platform) => {
    expect((await readSystemProxy(platform, { PATH: '/nonexistent', SystemRoot: 'C:\\nonexistent' })).proxy).toEqual({ ok: true, value: { kind: 'none' } })
  })
})

describe('the way to an address', () => {
  const inUse = { proxy: 'http://p:1', namedBy: 'HTTPS_PROXY', exceptions: ['graph.microsoft.com:444', '.contoso.com', '[::1]'], problems: [] }
  it.each([
    ['https://graph.microsoft.com', 'through the proxy http://p:1 (HTTPS_PROXY)'],
    ['https://graph.microsoft.com:444/v1.0', 'directly, as an exception of the proxy http://p:1 (HTTPS_PROXY)'],
    ['https://login.contoso.com', 'directly, as an exception of the proxy http://p:1 (HTTPS_PROXY)'],
    ['https://[::1]:8443', 'directly, as an exception of the proxy http://p:1 (HTTPS_PROXY)'],
  ])('%s is %s', (url, way) => {
    expect(describeWay(url, inUse)).toBe(way)
  })
})
