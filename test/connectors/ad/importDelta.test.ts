import { afterEach, describe, expect, it } from 'vitest'
import { createDirectoryReader } from '../../../src/main/connectors/ad/directoryReader.ts'
import type { DeltaPage, DirectoryReader } from '../../../src/main/connectors/connector.ts'
import type { Problem } from '../../../src/shared/domain/problem.ts'
import type { Result } from '../../../src/shared/domain/result.ts'
import { scriptedOu, startScriptedDirectory } from './scriptedDirectory.ts'
import type { Entry, Reply, Script } from './scriptedDirectory.ts'

const calm = new AbortController().signal
const ending: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end()
})

const service = 'CN=NTDS Settings,CN=DC1,CN=Configuration,DC=scripted,DC=test'
const rootDse = { highestCommittedUSN: ['4711'], currentTime: ['20261123193950.0Z'], dsServiceName: [service] }
/** S-1-5-21-1-2-3 */
const domainSid = Buffer.from('010400000000000515000000010000000200000003000000', 'hex')

type OnChanges = (cookie: string, reply: Reply) => void

/** A controller that knows deletions, has an empty OU, and answers to DirSync as the test says. */
function controllerThat(onChanges: OnChanges, more: Readonly<Record<string, Entry['attributes']>> = {}): Script {
  const others: Readonly<Record<string, Entry['attributes']>> = {
    ...more,
    [service]: { invocationId: [Buffer.alloc(16, 9)] },
    'DC=scripted,DC=test': { objectGUID: [Buffer.alloc(16, 8)], objectSid: [domainSid] },
    'CN=Deleted Objects,DC=scripted,DC=test': { name: ['Deleted Objects'] },
  }
  return {
    rootDse,
    onSearch: ({ baseDN, scope }, reply, cookie, asksFor) => {
      if (asksFor === 'changes') return onChanges(cookie, reply)
      const attributes = others[baseDN]
      if (attributes !== undefined && scope === 'base') reply.entry({ name: baseDN.startsWith('<GUID=') ? `CN=whole,${scriptedOu}` : baseDN, attributes })
      reply.done(0, '', '')
    },
  }
}

async function open(onChanges: OnChanges, more: Readonly<Record<string, Entry['attributes']>> = {}): Promise<DirectoryReader> {
  const directory = await startScriptedDirectory(controllerThat(onChanges, more))
  const reader = createDirectoryReader(directory.connection)
  ending.push(() => directory.stop(), () => reader.close())
  return reader
}

async function importAll(reader: DirectoryReader): Promise<string> {
  const pages = []
  for await (const page of reader.importAll({ attributes: ['displayName'], signal: calm })) pages.push(page)
  const last = pages.at(-1)
  if (last?.ok !== true || last.value.watermark === null) throw new Error(JSON.stringify(pages))
  return last.value.watermark
}

async function importDelta(reader: DirectoryReader, watermark: string): Promise<readonly Result<DeltaPage, Problem>[]> {
  const pages = []
  const known = async (anchors: readonly string[]) => new Set(anchors)
  for await (const page of reader.importDelta({ attributes: ['displayName'], watermark, known, signal: calm })) pages.push(page)
  return pages
}

const changed = (index: number, displayName: readonly string[]): Entry => ({ name: `CN=user ${index},${scriptedOu}`, attributes: { objectGUID: [Buffer.alloc(16, index)], displayName } })

describe('importDelta', () => {
  it('asks again with the new cookie while the server says that there is more, an empty page included', async () => {
    const cookies: string[] = []
    const reader = await open((cookie, reply) => {
      cookies.push(cookie)
      if (cookie === 'primed') reply.entry(changed(1, ['One']))
      if (cookie === 'b') reply.entry(changed(1, []))
      const next: Readonly<Record<string, readonly [string, 'more' | 'noMore']>> = { '': ['primed', 'noMore'], primed: ['a', 'more'], a: ['b', 'more'], b: ['c', 'noMore'] }
      reply.doneDirSync(...(next[cookie] ?? ['?', 'noMore']))
    })
    const pages = await importDelta(reader, await importAll(reader))
    expect(cookies).toEqual(['', 'primed', 'a', 'b'])
    expect(pages.map((page) => page.ok && page.value.isLast)).toEqual([false, false, true])
    expect(pages.flatMap((page) => (page.ok ? page.value.changes : [])).map((change) => change.kind === 'changed' && change.attributes['displayName'])).toEqual([['One'], []])
    const last = pages.at(-1)
    expect(last?.ok === true && last.value.watermark).toContain(Buffer.from('c').toString('base64'))
  })

  it('goes by uSNChanged where the server refuses DirSync', async () => {
    const reader = await open((_, reply) => { reply.done(12) })
    const watermark = await importAll(reader)
    expect(JSON.parse(watermark)).toMatchObject({ way: { kind: 'updateSequence' }, state: { usn: '4711' } })
    expect(await importDelta(reader, watermark)).toMatchObject([{ ok: true, value: { changes: [], isLast: false, watermark: null } }, { ok: true, value: { changes: [], isLast: true } }])
  })

  it.each([['that the server refuses', 53, 'deltaExpired'], ['that the account may not use any more', 50, 'deltaExpired'], ['while the server is busy', 51, 'serverBusy']] as const)('answers a cookie %s with the right problem', async (_, code, kind) => {
    const reader = await open((cookie, reply) => { if (cookie === '') reply.doneDirSync('primed', 'noMore'); else reply.done(code) })
    expect(await importDelta(reader, await importAll(reader))).toMatchObject([{ ok: false, problem: { kind } }])
  })

  it('does not take an answer without the control for the end', async () => {
    const reader = await open((cookie, reply) => { if (cookie === '') reply.doneDirSync('primed', 'noMore'); else reply.done() })
    expect(await importDelta(reader, await importAll(reader))).toMatchObject([{ ok: false, problem: { kind: 'malformedAnswer' } }])
  })

  it('reports an object that it cannot read and goes on with the others', async () => {
    const reader = await open((cookie, reply) => {
      if (cookie !== '') for (const entry of [{ name: `CN=bad,${scriptedOu}`, attributes: {} }, changed(2, ['fine'])]) reply.entry(entry)
      reply.doneDirSync('primed', 'noMore')
    })
    const [page] = await importDelta(reader, await importAll(reader))
    expect(page).toMatchObject({ ok: true, value: { changes: [{ kind: 'changed', attributes: { displayName: ['fine'] } }], problems: [{ kind: 'valueOfWrongType', object: `CN=bad,${scriptedOu}` }] } })
  })

  it.each([['came back from the deleted objects', { isDeleted: [] }], ['came with the first values of a list only', { 'memberOf;range=0-1': ['CN=a,DC=scripted,DC=test'] }]] as const)('reads in full what %s', async (_, attributes) => {
    const guid = Buffer.alloc(16, 3)
    const reader = await open((cookie, reply) => {
      if (cookie !== '') reply.entry({ name: `CN=part,${scriptedOu}`, attributes: { objectGUID: [guid], ...attributes } })
      reply.doneDirSync('primed', 'noMore')
    }, { '<GUID=03030303-0303-0303-0303-030303030303>': { objectGUID: [guid], displayName: ['Whole'] } })
    const [page] = await importDelta(reader, await importAll(reader))
    expect(page).toMatchObject({ ok: true, value: { changes: [{ kind: 'replaced', object: { dn: `CN=whole,${scriptedOu}`, attributes: { displayName: ['Whole'] } } }] } })
  })

  it('ends as a whole where the connection breaks between two pages', async () => {
    const reader = await open((cookie, reply) => {
      if (cookie === 'a') return reply.drop()
      if (cookie === '') reply.doneDirSync('primed', 'noMore')
      else reply.doneDirSync('a', 'more')
    })
    const pages = await importDelta(reader, await importAll(reader))
    expect(pages.map((page) => (page.ok ? page.value.watermark : page.problem.kind))).toEqual([null, 'unreachable'])
  })
})

describe('importAll', () => {
  const withoutSight = controllerThat((_, reply) => { reply.doneDirSync('primed', 'noMore') })
  const refusing = (base: string): NonNullable<Script['onSearch']> => (request, reply, cookie, asksFor) => (request.baseDN === base ? reply.done(50) : withoutSight.onSearch?.(request, reply, cookie, asksFor))

  it.each([service, 'CN=Deleted Objects,DC=scripted,DC=test'])('brings everything, and no watermark, where %s may not be read', async (base) => {
    const directory = await startScriptedDirectory({ ...withoutSight, onSearch: refusing(base) })
    const reader = createDirectoryReader(directory.connection)
    ending.push(() => directory.stop(), () => reader.close())
    const pages = []
    for await (const page of reader.importAll({ attributes: [], signal: calm })) pages.push(page)
    expect(pages).toEqual([{ ok: true, value: { objects: [], problems: [], total: null, isLast: true, watermark: null } }])
  })
})

describe('several controllers', () => {
  it('the next attempt goes to the next controller when one broke off in the middle, and back when that one does', async () => {
    const scripts = [0, 1].map(() => ({ onSearch: (_: unknown, reply: Reply) => { reply.drop() } }))
    const directories = await Promise.all(scripts.map(startScriptedDirectory))
    const servers = directories.flatMap(({ connection }) => connection.servers)
    const [first, second] = directories
    if (first === undefined || second === undefined) throw new Error('two were started')
    const reader = createDirectoryReader({ ...first.connection, servers })
    ending.push(() => first.stop(), () => second.stop(), () => reader.close())
    const binds = () => directories.map(({ log }) => log.filter((line) => line === 'bind').length)
    for (const expected of [[1, 0], [1, 1], [2, 1]]) {
      const pages = []
      for await (const page of reader.importAll({ attributes: [], signal: calm })) pages.push(page.ok ? 'page' : page.problem.kind)
      expect(pages).toEqual(['unreachable'])
      expect(binds()).toEqual(expected)
    }
  })
})
