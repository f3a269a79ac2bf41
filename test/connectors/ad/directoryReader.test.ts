import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createDirectoryReader } from '../../../src/main/connectors/ad/directoryReader.ts'
import type { DirectoryConnection } from '../../../src/main/connectors/ad/directoryConnection.ts'
import type { DirectoryReader, ImportPage } from '../../../src/main/connectors/connector.ts'
import type { Problem } from '../../../src/shared/domain/problem.ts'
import type { Result } from '../../../src/shared/domain/result.ts'
import { parseDn } from '../../../src/shared/domain/dn.ts'
import type { Dn } from '../../../src/shared/domain/ids.ts'
import { scriptedOu, startScriptedDirectory } from './scriptedDirectory.ts'
import type { Entry, Script, ScriptedDirectory } from './scriptedDirectory.ts'

const calm = new AbortController().signal
const ending: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end()
})

async function open(script: Script, changes: Partial<DirectoryConnection> = {}): Promise<{ readonly directory: ScriptedDirectory; readonly reader: DirectoryReader }> {
  const directory = await startScriptedDirectory(script)
  const reader = createDirectoryReader({ ...directory.connection, ...changes })
  ending.push(() => directory.stop(), () => reader.close())
  return { directory, reader }
}

async function pagesOf(pages: AsyncIterable<Result<ImportPage, Problem>>): Promise<readonly Result<ImportPage, Problem>[]> {
  const collected: Result<ImportPage, Problem>[] = []
  for await (const page of pages) collected.push(page)
  return collected
}

const user = (index: number, attributes: Entry['attributes'] = {}): Entry => ({ name: `CN=user ${index},${scriptedOu}`, attributes: { objectGUID: [Buffer.alloc(16, index)], ...attributes } })
const userDn = (index: number): Dn => {
  const name = parseDn(user(index).name)
  if (!name.ok) throw new Error(name.problem.expected)
  return name.value
}

describe('importAll', () => {
  it('goes on after an empty page that carries a cookie', async () => {
    const next: Readonly<Record<string, string>> = { '': 'one', one: 'two', two: '' }
    const { reader } = await open({
      onSearch: (_, reply, cookie) => {
        if (cookie !== 'one') reply.entry(user(cookie === '' ? 1 : 2))
        reply.done(0, '', next[cookie] ?? '')
      },
    })
    const pages = await pagesOf(reader.importAll({ attributes: [], signal: calm }))
    expect(pages.map((page) => page.ok && [page.value.objects.length, page.value.isLast])).toEqual([[1, false], [0, false], [1, true]])
  })

  it('has the next page fetched while the consumer is busy with the last', async () => {
    const { directory, reader } = await open({
      onSearch: (_, reply, cookie) => {
        reply.entry(user(cookie === '' ? 1 : 2))
        reply.done(0, '', cookie === '' ? 'more' : '')
      },
    })
    const searches = () => directory.log.filter((line) => line === `search ${scriptedOu}`).length
    for await (const page of reader.importAll({ attributes: [], signal: calm })) {
      if (page.ok && page.value.isLast) continue
      await sleep(50)
      expect(searches()).toBe(2)
    }
    expect(searches()).toBe(2)
  })

  it('reports an entry that it cannot read with its page and goes on with the others', async () => {
    const { reader } = await open({
      onSearch: (_, reply) => {
        reply.entry(user(1, { userAccountControl: ['many'] }))
        reply.entry({ name: `CN=no anchor,${scriptedOu}`, attributes: { displayName: ['x'] } })
        reply.entry(user(2, { displayName: [Buffer.from([0xff])] }))
        reply.entry(user(3, { displayName: ['fine'] }))
        reply.done(0, '', '')
      },
    })
    const [page] = await pagesOf(reader.importAll({ attributes: ['displayName'], signal: calm }))
    expect(page?.ok === true && page.value.objects.map(({ dn }) => dn)).toEqual([userDn(3)])
    expect(page?.ok === true && page.value.problems.map(({ object, kind }) => [object, kind])).toEqual([
      [userDn(1), 'valueOfWrongType'], [`CN=no anchor,${scriptedOu}`, 'valueOfWrongType'], [userDn(2), 'valueOfWrongType'],
    ])
  })

  it('asks for the rest where a server gives the values of an attribute in ranges', async () => {
    const groups = ['CN=a', 'CN=b', 'CN=c', 'CN=d', 'CN=e'].map((name) => `${name},DC=scripted,DC=test`)
    const { reader } = await open({
      onSearch: (request, reply) => {
        const from = Number(/^memberof;range=(\d+)-\*$/i.exec(request.attributes[0] ?? '')?.[1] ?? 0)
        const upTo = Math.min(from + 2, groups.length)
        reply.entry(user(1, { memberOf: [], [`memberOf;range=${from}-${upTo === groups.length ? '*' : upTo - 1}`]: groups.slice(from, upTo) }))
        reply.done(0, '', '')
      },
    })
    const [page] = await pagesOf(reader.importAll({ attributes: [], signal: calm }))
    expect(page?.ok === true && page.value.objects[0]?.attributes['memberOf']).toEqual(groups)
  })

  it('takes a configuration without managed OUs for a mistake, not for an empty directory', async () => {
    const { reader } = await open({}, { managedOus: [] })
    expect(await pagesOf(reader.importAll({ attributes: [], signal: calm }))).toMatchObject([{ ok: false, problem: { kind: 'configurationInvalid' } }])
  })

  it('ends with a problem and without a last page where the connection breaks between two pages', async () => {
    const { reader } = await open({
      onSearch: (_, reply, cookie) => {
        if (cookie !== '') return reply.drop()
        reply.entry(user(1))
        reply.done(0, '', 'more')
      },
    })
    const pages = await pagesOf(reader.importAll({ attributes: [], signal: calm }))
    expect(pages.map((page) => (page.ok ? page.value.isLast : page.problem.kind))).toEqual([false, 'unreachable'])
  })
})

describe('a connection', () => {
  it.each(['ldaps', 'startTls'] as const)('is made and signed in anew (%s) after it was lost', async (security) => {
    const { directory, reader } = await open({ security, onSearch: (_, reply) => { reply.done(32) } })
    const read = () => reader.readObject(userDn(1), [], calm)
    expect(await read()).toEqual({ ok: true, value: null })
    directory.dropConnections()
    await sleep(20)
    expect(await read()).toEqual({ ok: true, value: null })
    expect(directory.log.filter((line) => line === 'bind')).toHaveLength(2)
    expect(directory.log.filter((line) => line === 'startTls')).toHaveLength(security === 'startTls' ? 2 : 0)
  })

  it('is one for callers that come at once', async () => {
    const { directory, reader } = await open({ onSearch: (_, reply) => { reply.done(32) } })
    await Promise.all([1, 2, 3, 4].map((index) => reader.readObject(userDn(index), [], calm)))
    expect(directory.log.filter((line) => line === 'bind')).toHaveLength(1)
  })

  it('tells a call that is under way that it was lost, also where the server announces it', async () => {
    for (const end of ['drop', 'notice'] as const) {
      const { reader } = await open({ onSearch: (_, reply) => { reply[end]() } })
      expect(await reader.readObject(userDn(1), [], calm)).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
    }
  })

  it('gives up after the time of one operation', async () => {
    const { reader } = await open({ onSearch: () => undefined }, { timeouts: { connect: 5_000, operation: 100 } })
    expect(await reader.readObject(userDn(1), [], calm)).toMatchObject({ ok: false, problem: { kind: 'timedOut' } })
  })

  it('gives up after the time of connecting where the server accepts and says nothing', async () => {
    const { reader } = await open({ security: 'startTls', onStartTls: () => undefined }, { timeouts: { connect: 100, operation: 5_000 } })
    expect(await reader.identify(calm)).toMatchObject({ ok: false, problem: { kind: 'timedOut' } })
  })

  it('takes cancellation at once and tells the server to stop', async () => {
    const cancel = new AbortController()
    const { directory, reader } = await open({ onSearch: () => { cancel.abort() } })
    expect(await reader.readObject(userDn(1), [], cancel.signal)).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
    await sleep(20)
    expect(directory.log.at(-1)).toBe('abandon')
  })

  it('takes cancellation at once while it is being made, and is there for others', async () => {
    const cancel = new AbortController()
    const { reader } = await open({ onBind: (reply) => { setTimeout(() => reply.done(), 100) }, onSearch: (_, reply) => { reply.done(32) } })
    const [mine, others] = [reader.readObject(userDn(1), [], cancel.signal), reader.readObject(userDn(1), [], calm)]
    cancel.abort()
    expect(await mine).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
    expect(await others).toEqual({ ok: true, value: null })
  })

  it('says nothing in clear text where the server refuses encryption', async () => {
    const { directory, reader } = await open({ security: 'startTls', onStartTls: (reply) => { reply.done(52) } })
    expect(await reader.identify(calm)).toMatchObject({ ok: false, problem: { kind: 'serverBusy' } })
    expect(directory.log).toContain('startTls')
    expect(directory.log).not.toContain('bind')
  })

  it('is not made to a server whose certificate is for another one', async () => {
    const { directory, reader } = await open({ certificateAddress: '127.0.0.9' })
    expect(await reader.identify(calm)).toMatchObject({ ok: false, problem: { kind: 'certificateNotTrusted', message: expect.stringContaining('127.0.0.9') as string } })
    expect(directory.log).toEqual([])
  })

  it('does not try a refused password on the next controller', async () => {
    const { directory, reader } = await open({ onBind: (reply) => { reply.done(49, '80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 775, v4563') } })
    const [server] = directory.connection.servers
    if (server === undefined) throw new Error('no server')
    const twice = createDirectoryReader({ ...directory.connection, servers: [server, server] })
    expect(await twice.identify(calm)).toMatchObject({ ok: false, problem: { kind: 'accountUnusable', message: expect.stringContaining('locked') as string } })
    expect(directory.log.filter((line) => line === 'bind')).toHaveLength(1)
    await reader.close()
  })
})
