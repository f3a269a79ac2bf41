import { describe, expect, it } from 'vitest'
import { createDirectoryReader } from '../../src/main/connectors/ad/directoryReader.ts'
import { createDirectoryWriter } from '../../src/main/connectors/ad/directoryWriter.ts'
import { childDn } from '../../src/shared/domain/dn.ts'
import { addAsAdministrator, asAdministrator, calm, collect, connectionTo, dn, outcomeOf, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { ImportedOu, selected } from './importedOu.ts'

/** What every directory tells of changes, however it is asked; `directory` is started by then. */
export function describeDelta(directory: () => DirectoryUnderTest): void {
  let worlds = 0

  /** An OU of its own with accounts in it, imported once. */
  async function withWorld(names: readonly string[], use: (world: ImportedOu) => Promise<void>, account: 'sync' | 'delta' | 'replication' = 'delta'): Promise<void> {
    worlds += 1
    const ou = childDn('OU', `Delta ${worlds}`, dn(directory().guestOu))
    await addAsAdministrator(directory(), ou, { objectClass: 'organizationalUnit' })
    const connection = connectionTo(directory(), { ...directory()[account], managedOus: [ou], pageSize: 3 })
    const [reader, writer] = [createDirectoryReader(connection), createDirectoryWriter(connection)]
    try {
      const world = new ImportedOu(ou, reader, writer, `d${worlds}`)
      for (const name of names) await world.add(name)
      await use(world)
    } finally {
      await Promise.all([reader.close(), writer.close()])
    }
  }

  describe.each([['DirSync', (watermark: string) => watermark], ['uSNChanged', asWithoutDirSync]] as const)('importDelta by %s', (_, from) => {
    it('brings new, changed, cleared, renamed, moved, deleted and restored accounts, and then the same as a full import', async () => {
      await withWorld(['changed', 'renamed', 'deleted', 'left', 'back', 'same'], async (world) => {
        const outside = dn(`CN=Users,${directory().baseDn}`)
        const stranger = childDn('CN', `${world.prefix}entering`, outside)
        await addAsAdministrator(directory(), stranger, { objectClass: 'user', sAMAccountName: `${world.prefix}entering`, displayName: 'Entering' })
        const watermark = from(await world.importAll())
        valueOf(await world.writer.modify(world.anchor('changed'), [{ name: 'displayName', before: ['changed'], after: ['Changed'] }, { name: 'mail', before: ['changed@x.test'], after: [] }], calm))
        valueOf(await world.writer.moveTo(world.anchor('renamed'), world.dn('New name, Jané'), calm))
        valueOf(await world.writer.delete(world.anchor('deleted'), calm))
        valueOf(await world.writer.delete(world.anchor('back'), calm))
        valueOf(await world.writer.restore(world.anchor('back'), world.dn('back'), calm))
        await world.add('new')
        await asAdministrator(directory(), async (client) => {
          await client.modifyDN(world.dn('left'), `CN=${world.prefix}left,${outside}`)
          await client.modifyDN(stranger, world.dn('entering'))
        })
        const pages = await world.delta(watermark)
        const changes = pages.flatMap((page) => page.changes)
        expect(changes).toContainEqual({ kind: 'removed', anchor: world.anchor('deleted'), why: 'deleted' })
        expect(changes).toContainEqual({ kind: 'removed', anchor: world.anchor('left'), why: 'movedOut' })
        expect(changes.map(({ kind, ...change }) => [kind, 'anchor' in change ? change.anchor : change.object.anchor])).not.toContainEqual([expect.anything(), world.anchor('same')])
        world.apply(changes)
        expect(world.known.get(world.anchor('changed'))?.attributes).not.toHaveProperty('mail')
        const byDelta = world.objects()
        await world.importAll()
        expect(byDelta).toEqual(world.objects())
      })
    })

    it('brings nothing where nothing changed, and a watermark to go on from', async () => {
      await withWorld(['one'], async (world) => {
        const first = await world.delta(from(await world.importAll()))
        expect(first.flatMap(({ changes, problems }) => [...changes, ...problems])).toEqual([])
        await world.change('one', 'displayName', 'one', 'Two')
        const second = await world.delta(first.at(-1)?.watermark ?? '')
        expect(second.flatMap(({ changes }) => changes)).toHaveLength(1)
        expect((await world.delta(second.at(-1)?.watermark ?? '')).flatMap(({ changes }) => changes)).toEqual([])
      })
    })

    it('brings what changed while the import was reading', async () => {
      await withWorld(['first', 'second', 'third', 'fourth'], async (world) => {
        const watermark = from(await world.importAll(() => world.change('first', 'displayName', 'first', 'in between')))
        world.apply((await world.delta(watermark)).flatMap(({ changes }) => changes))
        const byDelta = world.objects()
        await world.importAll()
        expect(byDelta).toEqual(world.objects())
      })
    })

    it('says nothing of accounts that come and go outside of the managed OUs', async () => {
      await withWorld(['one'], async (world) => {
        const watermark = from(await world.importAll())
        const passing = childDn('CN', `${world.prefix}passing`, dn(`CN=Users,${directory().baseDn}`))
        await addAsAdministrator(directory(), passing, { objectClass: 'user', sAMAccountName: `${world.prefix}passing` })
        await asAdministrator(directory(), (client) => client.del(passing))
        expect((await world.delta(watermark)).flatMap(({ changes }) => changes)).toEqual([])
      })
    })

    it('brings users of an OU that is new, and no computers', async () => {
      await withWorld(['one'], async (world) => {
        const watermark = from(await world.importAll())
        const below = childDn('OU', 'New', world.ou)
        await addAsAdministrator(directory(), below, { objectClass: 'organizationalUnit' })
        await addAsAdministrator(directory(), childDn('CN', 'PC', below), { objectClass: 'computer', sAMAccountName: `${world.prefix}PC$`, userAccountControl: '4098' })
        valueOf(await world.writer.addDisabledUser(childDn('CN', 'below', below), { sAMAccountName: [`${world.prefix}below`] }, calm))
        const changes = (await world.delta(watermark)).flatMap((page) => page.changes)
        expect(changes.map((change) => (change.kind === 'replaced' ? change.object.dn : change.kind))).toEqual([childDn('CN', 'below', below)])
      })
    })

    it('asks for a full import where an OU with accounts was renamed, moved in or moved out', async () => {
      await withWorld([], async (world) => {
        const [inside, outside] = [childDn('OU', 'Inside', world.ou), childDn('OU', `Outside ${world.prefix}`, dn(directory().guestOu))]
        for (const name of [inside, outside]) await addAsAdministrator(directory(), name, { objectClass: 'organizationalUnit' })
        for (const [name, newName] of [[inside, childDn('OU', 'Renamed', world.ou)], [outside, childDn('OU', 'Moved in', world.ou)], [childDn('OU', 'Moved in', world.ou), outside]] as const) {
          const watermark = from(await world.importAll())
          await asAdministrator(directory(), (client) => client.modifyDN(name, newName))
          expect(await world.deltaOutcome(watermark), `${name} → ${newName}`).toBe('deltaExpired')
        }
      })
    })

    it('goes on nowhere but where it left off', async () => {
      await withWorld(['one'], async (world) => {
        const watermark = from(await world.importAll())
        expect(await world.deltaOutcome('no watermark')).toBe('deltaExpired')
        expect(await world.deltaOutcome(watermark, ['displayName'])).toBe('deltaExpired')
        for (const [was, is] of [[/"invocationId":"[^"]*"/, '"invocationId":"7c0e6a5e-0c4b-4a53-9d0f-1f6f9f0f2a11"'], [/"usn":"\d+"/, '"usn":"9000000000000000"'], [/"time":\d+/, '"time":1000'], [/"domainSid":"[^"]*"/, '"domainSid":"S-1-5-21-1-2-3"'], [/"managedOus":\["/, '"managedOus":["OU=other,']] as const) {
          const other = watermark.replace(was, is)
          expect(other).not.toBe(watermark)
          expect(await world.deltaOutcome(other), is).toBe('deltaExpired')
        }
        expect(await world.deltaOutcome(watermark)).toBe('accepted')
      })
    })

    it('ends with "cancelled" when it is cancelled', async () => {
      await withWorld(['one'], async (world) => {
        const watermark = from(await world.importAll())
        const pages = await collect(world.reader.importDelta({ attributes: selected, watermark, known: async () => new Set(), signal: AbortSignal.abort() }))
        expect(pages.map(outcomeOf)).toEqual(['cancelled'])
      })
    })
  })

  describe('the watermark of an import', () => {
    it('is none for an account that does not see deletions: a delta would keep the deleted for ever', async () => {
      await withWorld(['one'], async (world) => {
        expect(valueOf(await world.reader.seesDeletions(calm))).toBe(false)
        expect(await world.importAll()).toBe('')
      }, 'sync')
    })

    it('is none, or one that leads to deletions, for an account that may replicate and not read deleted objects', async () => {
      await withWorld(['deleted'], async (world) => {
        const watermark = await world.importAll()
        valueOf(await world.writer.delete(world.anchor('deleted'), calm))
        const changes = watermark === '' ? 'no watermark' : (await world.delta(watermark)).flatMap((page) => page.changes)
        expect(['no watermark', [{ kind: 'removed', anchor: world.anchor('deleted'), why: 'deleted' }]]).toContainEqual(changes)
      }, 'replication')
    })

    it('is worth nothing any more to an account that lost that right', async () => {
      await withWorld(['one'], async (world) => {
        expect(valueOf(await world.reader.seesDeletions(calm))).toBe(true)
        const watermark = await world.importAll()
        const blind = createDirectoryReader(connectionTo(directory(), { managedOus: [world.ou] }))
        const pages = await collect(blind.importDelta({ attributes: selected, watermark, known: async () => new Set(), signal: calm }))
        await blind.close()
        expect(pages.map(outcomeOf)).toEqual(['deltaExpired'])
      })
    })
  })
}

/** As a domain controller that refuses DirSync would have had it written. */
function asWithoutDirSync(watermark: string): string {
  const content = JSON.parse(watermark) as object
  return JSON.stringify({ ...content, way: { kind: 'updateSequence' } })
}
