import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDirectoryReader } from '../../src/main/connectors/ad/directoryReader.ts'
import { createDirectoryWriter } from '../../src/main/connectors/ad/directoryWriter.ts'
import type { DirectoryReader, DirectoryWriter } from '../../src/main/connectors/connector.ts'
import { valuesOf } from '../../src/shared/domain/attributes.ts'
import { childDn } from '../../src/shared/domain/dn.ts'
import type { ObjectGuid } from '../../src/shared/domain/ids.ts'
import { calm, connectionTo, dn, outcomeOf, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'

/** What is left of deleted accounts, how they come back, and who holds a name anywhere in the forest; `directory` is started by then. */
export function describeDeleted(directory: () => DirectoryUnderTest): void {
  let reader: DirectoryReader
  let writer: DirectoryWriter
  let made = 0
  const nobody = '7c0e6a5e-0c4b-4a53-9d0f-1f6f9f0f2a11' as ObjectGuid
  const inOu = (name: string) => childDn('CN', name, dn(directory().guestOu))
  async function addAny(): Promise<{ readonly name: string; readonly anchor: ObjectGuid }> {
    made += 1
    const name = `gone${made}`
    const attributes = { sAMAccountName: [name], userPrincipalName: [`${name}@contoso.test`], displayName: ['Gone'], mail: ['gone@x.test'], employeeType: ['Guest'] }
    return { name, anchor: valueOf(await writer.addDisabledUser(inOu(name), attributes, calm)) }
  }

  beforeAll(() => {
    reader = createDirectoryReader(connectionTo(directory(), directory().delta))
    writer = createDirectoryWriter(connectionTo(directory(), directory().delta))
  })
  afterAll(() => Promise.all([reader.close(), writer.close()]))

  describe('findDeleted', () => {
    it('tells where a deleted account was and what it was called, and leaves out those that were never deleted', async () => {
      const [gone, alive] = [await addAny(), await addAny()]
      valueOf(await writer.delete(gone.anchor, calm))
      const found = valueOf(await reader.findDeleted([gone.anchor, alive.anchor, nobody], calm))
      // With the bin or without: an account that was deleted just now can come back with its SID.
      expect([...found]).toEqual([[gone.anchor, { anchor: gone.anchor, lastKnownParent: dn(directory().guestOu), accountName: gone.name, isRecycled: false }]])
    })

    it('finds nothing for an account without the right, and nothing where nothing is asked', async () => {
      const gone = await addAny()
      valueOf(await writer.delete(gone.anchor, calm))
      const blind = createDirectoryReader(connectionTo(directory()))
      expect(valueOf(await blind.findDeleted([gone.anchor], calm)).size).toBe(0)
      await blind.close()
      expect(valueOf(await reader.findDeleted([], calm)).size).toBe(0)
    })
  })

  describe('restore', () => {
    it('brings an account back with its anchor, SID and account name, and with what the Recycle Bin kept of the rest', async () => {
      const { name, anchor } = await addAny()
      const before = valueOf(await reader.readObject(anchor, [], calm))
      valueOf(await writer.delete(anchor, calm))
      valueOf(await writer.restore(anchor, inOu(`${name} again`), calm))
      const after = valueOf(await reader.readObject(anchor, ['displayName', 'mail', 'employeeType'], calm))
      expect(after?.dn).toBe(inOu(`${name} again`))
      for (const kept of ['objectSid', 'sAMAccountName', 'userAccountControl']) expect(valuesOf(after?.attributes ?? {}, kept), kept).toEqual(valuesOf(before?.attributes ?? {}, kept))
      const returns = valueOf(await reader.isRecycleBinOn(calm))
      for (const lost of ['userPrincipalName', 'displayName', 'mail', 'employeeType']) expect(valuesOf(after?.attributes ?? {}, lost).length, lost).toBe(returns ? 1 : 0)
      expect(valueOf(await reader.findDeleted([anchor], calm)).size).toBe(0)
    })

    it('is refused where the name is taken, the OU missing or the object not deleted', async () => {
      const [gone, other] = [await addAny(), await addAny()]
      valueOf(await writer.delete(gone.anchor, calm))
      expect(outcomeOf(await writer.restore(gone.anchor, inOu(other.name), calm))).toBe('objectNameTaken')
      expect(outcomeOf(await writer.restore(gone.anchor, childDn('CN', 'x', inOu('nobody')), calm))).toBe('parentNotFound')
      expect(outcomeOf(await writer.restore(other.anchor, inOu('x'), calm))).toBe('objectNotFound')
      expect(outcomeOf(await writer.restore(nobody, inOu('x'), calm))).toBe('objectNotFound')
    })

    it.each([['to see the deleted account', 'sync', 'objectNotFound'], ['the right to bring it back', 'watching', 'notPermitted']] as const)('needs %s', async (_, account, outcome) => {
      const gone = await addAny()
      valueOf(await writer.delete(gone.anchor, calm))
      const other = createDirectoryWriter(connectionTo(directory(), directory()[account]))
      expect(outcomeOf(await other.restore(gone.anchor, inOu(gone.name), calm))).toBe(outcome)
      await other.close()
      expect(valueOf(await reader.findDeleted([gone.anchor], calm)).size).toBe(1)
    })
  })

  describe('findInForest', () => {
    it('tells taken from free by a global catalog, and says why it cannot where there is none', async () => {
      const { name, anchor } = await addAny()
      const { host, globalCatalogPort } = directory()
      const globalCatalogs = globalCatalogPort === null ? [] : [{ host, port: globalCatalogPort }]
      const asking = createDirectoryReader(connectionTo(directory(), { globalCatalogs }))
      const answers = valueOf(await asking.findInForest('userPrincipalName', [`${name.toUpperCase()}@contoso.test`, 'nobody@contoso.test'], calm))
      await asking.close()
      const notChecked = { kind: 'notChecked', why: expect.stringContaining('global catalog') as string }
      const expected = globalCatalogPort === null ? [notChecked, notChecked] : [{ kind: 'taken', by: valueOf(await reader.readObject(anchor, [], calm))?.dn }, { kind: 'free' }]
      expect([...answers.values()]).toEqual(expected)
    })

    it('leaves values unchecked where the catalog does not answer', async () => {
      const asking = createDirectoryReader(connectionTo(directory(), { globalCatalogs: [{ host: directory().host, port: 1 }] }))
      const answers = valueOf(await asking.findInForest('userPrincipalName', ['a@contoso.test', 'b@contoso.test'], calm))
      expect([...answers]).toEqual(['a@contoso.test', 'b@contoso.test'].map((value) => [value, { kind: 'notChecked', why: expect.stringContaining('cannot be reached') as string }]))
      expect(outcomeOf(await asking.findInForest('userPrincipalName', ['a'], AbortSignal.abort()))).toBe('cancelled')
      await asking.close()
    })
  })

  describe('several connections', () => {
    it('write to one controller at once', async () => {
      const many = createDirectoryWriter(connectionTo(directory(), { writeConnections: 4 }))
      const anchors = await Promise.all(Array.from({ length: 20 }, (_, index) => many.addDisabledUser(inOu(`parallel ${index}`), { sAMAccountName: [`parallel${index}`] }, calm)))
      expect(new Set(anchors.map(valueOf)).size).toBe(20)
      await many.close()
    })
  })
}
