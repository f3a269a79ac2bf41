import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDirectoryReader } from '../../src/main/connectors/ad/directoryReader.ts'
import { createDirectoryWriter } from '../../src/main/connectors/ad/directoryWriter.ts'
import type { DirectoryReader, DirectoryWriter } from '../../src/main/connectors/connector.ts'
import type { Attributes, Value } from '../../src/shared/domain/attributes.ts'
import { firstValue, valuesOf } from '../../src/shared/domain/attributes.ts'
import { childDn } from '../../src/shared/domain/dn.ts'
import type { ObjectGuid } from '../../src/shared/domain/ids.ts'
import { addAsAdministrator, calm, connectionTo, dn, outcomeOf, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { expectedOf } from './samba-differs.ts'

/** What every directory does with what is written to it; `directory` is started by then. */
export function describeWriting(directory: () => DirectoryUnderTest): void {
  let reader: DirectoryReader
  let writer: DirectoryWriter
  let other: DirectoryWriter
  let made = 0
  const nobody = '7c0e6a5e-0c4b-4a53-9d0f-1f6f9f0f2a11' as ObjectGuid
  const inOu = (name: string) => childDn('CN', name, dn(directory().guestOu))
  const outside = () => dn(`CN=Users,${directory().baseDn}`)
  const read = async (anchor: ObjectGuid, ...attributes: string[]) => valueOf(await reader.readObject(anchor, attributes, calm))
  const valuesIn = async (anchor: ObjectGuid, name: string) => valuesOf((await read(anchor, name))?.attributes ?? {}, name)
  const add = (name: string, attributes: Attributes = {}) => writer.addDisabledUser(inOu(name), { sAMAccountName: [name], ...attributes }, calm)
  const change = (anchor: ObjectGuid, name: string, before: readonly Value[], after: readonly Value[]) => writer.modify(anchor, [{ name, before, after }], calm)
  async function addAny(attributes: Attributes = {}): Promise<ObjectGuid> {
    made += 1
    return valueOf(await add(`user${made}`, attributes))
  }
  async function anchorOf(name: string): Promise<ObjectGuid> {
    return valueOf(await reader.readObject(dn(name), [], calm))?.anchor as ObjectGuid
  }

  beforeAll(() => {
    reader = createDirectoryReader(connectionTo(directory()))
    writer = createDirectoryWriter(connectionTo(directory()))
    other = createDirectoryWriter(connectionTo(directory()))
  })
  afterAll(() => Promise.all([reader.close(), writer.close(), other.close()]))

  describe('addDisabledUser', () => {
    it('makes a disabled user and tells its anchor', async () => {
      const anchor = valueOf(await add('new', { displayName: ['New'], employeeType: ['Guest'], adminDescription: ['User_1'] }))
      const account = await read(anchor, 'displayName', 'employeeType')
      expect(account?.dn).toBe(inOu('new'))
      expect(account?.attributes).toMatchObject({ userAccountControl: [514], displayName: ['New'], employeeType: ['Guest'], adminDescription: ['User_1'], sAMAccountName: ['new'] })
    })

    it.each(['a,b', ' lead', 'trail ', '#hash', 'a+b', 'a"b', 'a\\b', 'a<b>', 'a;b', 'a=b', "O'Neil", 'a/b', 'نور', 'a#EXT#'])('names it by %j', async (name) => {
      const anchor = await addAny()
      valueOf(await writer.moveTo(anchor, inOu(name), calm))
      const account = await read(anchor, 'cn')
      expect(account?.dn).toBe(inOu(name))
      expect(firstValue(account?.attributes ?? {}, 'cn')).toBe(name)
    })

    it('tells a taken DN, sAMAccountName and userPrincipalName apart', async () => {
      valueOf(await add('taken', { userPrincipalName: ['taken@contoso.test'] }))
      expect(outcomeOf(await add('TAKEN', { sAMAccountName: ['free'] }))).toBe('objectNameTaken')
      expect(outcomeOf(await add('free', { sAMAccountName: ['Taken'] }))).toBe('accountNameTaken')
      expect(outcomeOf(await add('free', { userPrincipalName: ['TAKEN@contoso.test'] }))).toBe('userPrincipalNameTaken')
      expect(outcomeOf(await add('free', { sAMAccountName: ['Domain Users'] }))).toBe('accountNameTaken')
    })

    it('says what is wrong with a value', async () => {
      expect(outcomeOf(await add('wrong', { displayName: ['x'.repeat(257)] }))).toBe('valueTooLong')
      expect(outcomeOf(await add('wrong', { displayName: ['a', 'b'] }))).toBe('attributeIsSingleValued')
      expect(outcomeOf(await add('wrong', { displayName: [''] }))).toBe('syntaxInvalid')
      expect(outcomeOf(await add('wrong', { sAMAccountName: ['a*b'] }))).toBe('accountNameInvalid')
      expect(outcomeOf(await add('wrong', { operatingSystem: ['x'] }))).toBe('attributeNotInClass')
      expect(outcomeOf(await add('wrong', { noSuchAttribute: ['x'] }))).toBe('attributeNotInClass')
      expect(outcomeOf(await add('wrong', { manager: [inOu('nobody')] }))).toBe('referenceInvalid')
      expect(valueOf(await reader.readObject(inOu('wrong'), [], calm))).toBeNull()
    })

    it('keeps the lengths of names', async () => {
      expect(outcomeOf(await add('x'.repeat(64), { sAMAccountName: ['length64'] }))).toBe('accepted')
      expect(outcomeOf(await add('y'.repeat(65), { sAMAccountName: ['length65'] }))).toBe(expectedOf('longCommonName', directory().kind))
      expect(outcomeOf(await add('z'.repeat(21)))).toBe(expectedOf('longAccountName', directory().kind))
    })

    it('compares names as the directory does', async () => {
      expect(outcomeOf(await add('renee'))).toBe('accepted')
      expect(outcomeOf(await add('Renée', { sAMAccountName: ['renee2'] }))).toBe(expectedOf('namesWithoutAccents', directory().kind))
    })

    it('needs an OU that is there and where it may', async () => {
      expect(outcomeOf(await writer.addDisabledUser(childDn('CN', 'x', inOu('nobody')), { sAMAccountName: ['x'] }, calm))).toBe('parentNotFound')
      expect(outcomeOf(await writer.addDisabledUser(childDn('CN', 'x', outside()), { sAMAccountName: ['x'] }, calm))).toBe('notPermitted')
    })
  })

  describe('setRandomPassword, setUserAccountControl', () => {
    it('makes an account usable in the portable order', async () => {
      const anchor = await addAny()
      expect(await valuesIn(anchor, 'pwdLastSet')).toEqual(['0'])
      valueOf(await writer.setRandomPassword(anchor, calm))
      valueOf(await writer.setUserAccountControl(anchor, 514, 262_656, calm))
      expect(await valuesIn(anchor, 'userAccountControl')).toEqual([262_656])
      expect(await valuesIn(anchor, 'pwdLastSet')).not.toEqual(['0'])
    })

    it('enables nobody without a password, if the directory cares', async () => {
      const anchor = await addAny()
      expect(outcomeOf(await writer.setUserAccountControl(anchor, 514, 512, calm))).toBe(expectedOf('enabledWithoutPassword', directory().kind))
    })

    it('changes userAccountControl from what is not there to what is, if the directory lets it', async () => {
      const anchor = await addAny()
      expect(outcomeOf(await writer.setUserAccountControl(anchor, 512, 514, calm))).toBe(expectedOf('userAccountControlThereAlready', directory().kind))
      expect(await valuesIn(anchor, 'userAccountControl')).toEqual([514])
    })

    it('does not touch userAccountControl when it is not what was read', async () => {
      const anchor = await addAny()
      valueOf(await writer.setRandomPassword(anchor, calm))
      valueOf(await other.setUserAccountControl(anchor, 514, 512, calm))
      expect(outcomeOf(await writer.setUserAccountControl(anchor, 514, 262_656, calm))).toBe('valueAbsent')
      expect(await valuesIn(anchor, 'userAccountControl')).toEqual([512])
    })

    it('needs the right on the account', async () => {
      const administrator = await anchorOf(`CN=Administrator,CN=Users,${directory().baseDn}`)
      expect(outcomeOf(await writer.setRandomPassword(administrator, calm))).toBe('notPermitted')
      expect(outcomeOf(await writer.setRandomPassword(nobody, calm))).toBe('objectNotFound')
    })
  })

  describe('modify', () => {
    it('sets, replaces and clears a value, several attributes at once', async () => {
      const anchor = await addAny({ displayName: ['Old'], sn: ['Gone'] })
      valueOf(await writer.modify(anchor, [{ name: 'displayName', before: ['Old'], after: ['New'] }, { name: 'sn', before: ['Gone'], after: [] }, { name: 'MAIL', before: [], after: ['a@b.test'] }], calm))
      const account = await read(anchor, 'displayName', 'sn', 'mail')
      expect(account?.attributes).toMatchObject({ displayName: ['New'], mail: ['a@b.test'] })
      expect(account?.attributes).not.toHaveProperty('sn')
    })

    it('corrects nothing but the case of a value', async () => {
      const anchor = await addAny({ displayName: ['jane DOE'], userPrincipalName: ['jane.case@contoso.test'] })
      valueOf(await change(anchor, 'displayName', ['jane DOE'], ['Jane Doe']))
      valueOf(await change(anchor, 'userPrincipalName', ['jane.case@contoso.test'], ['Jane.Case@contoso.test']))
      expect((await read(anchor, 'displayName'))?.attributes).toMatchObject({ displayName: ['Jane Doe'], userPrincipalName: ['Jane.Case@contoso.test'] })
    })

    it('changes of several values only those that differ', async () => {
      const anchor = await addAny({ otherTelephone: ['1', '2'] })
      valueOf(await change(anchor, 'otherTelephone', ['1', '2'], ['2', '3']))
      expect([...(await valuesIn(anchor, 'otherTelephone'))].sort()).toEqual(['2', '3'])
      // Somebody else's value stays: the plan never saw it.
      valueOf(await other.modify(anchor, [{ name: 'otherTelephone', before: [], after: ['9'] }], calm))
      valueOf(await change(anchor, 'otherTelephone', ['2', '3'], ['2']))
      expect([...(await valuesIn(anchor, 'otherTelephone'))].sort()).toEqual(['2', '9'])
    })

    it('is refused where a value changed, went or came in between, and writes nothing then', async () => {
      const anchor = await addAny({ displayName: ['Seen'], sn: ['Seen'] })
      valueOf(await other.modify(anchor, [{ name: 'displayName', before: ['Seen'], after: ['Changed'] }, { name: 'sn', before: ['Seen'], after: [] }, { name: 'mail', before: [], after: ['came@b.test'] }], calm))
      expect(outcomeOf(await writer.modify(anchor, [{ name: 'title', before: [], after: ['T'] }, { name: 'displayName', before: ['Seen'], after: ['Mine'] }], calm))).toBe('valueAbsent')
      expect(outcomeOf(await change(anchor, 'sn', ['Seen'], ['Mine']))).toBe('valueAbsent')
      expect(outcomeOf(await change(anchor, 'sn', ['Seen'], []))).toBe('valueAbsent')
      expect(outcomeOf(await change(anchor, 'mail', [], ['mine@b.test']))).toBe('valueAlreadyPresent')
      const account = await read(anchor, 'displayName', 'sn', 'mail', 'title')
      expect(account?.attributes).toMatchObject({ displayName: ['Changed'], mail: ['came@b.test'] })
      expect(account?.attributes).not.toHaveProperty('title')
    })

    it('renames the account for the domain by its userPrincipalName, unless somebody has it', async () => {
      const [anchor] = [await addAny({ userPrincipalName: ['before@contoso.test'] }), await addAny({ userPrincipalName: ['occupied@contoso.test'] })]
      expect(outcomeOf(await change(anchor, 'userPrincipalName', ['before@contoso.test'], ['Occupied@contoso.test']))).toBe('userPrincipalNameTaken')
      valueOf(await change(anchor, 'userPrincipalName', ['before@contoso.test'], ['jane_x.com#EXT#@contoso.onmicrosoft.com']))
      expect(await valuesIn(anchor, 'userPrincipalName')).toEqual(['jane_x.com#EXT#@contoso.onmicrosoft.com'])
    })

    it('says what is wrong with a value', async () => {
      const anchor = await addAny()
      expect(outcomeOf(await change(anchor, 'displayName', [], ['x'.repeat(257)]))).toBe('valueTooLong')
      expect(outcomeOf(await change(anchor, 'sAMAccountName', [`user${made}`], ['Domain Users']))).toBe('accountNameTaken')
      expect(outcomeOf(await change(anchor, 'noSuchAttribute', [], ['x']))).toBe('attributeNotInClass')
      expect(outcomeOf(await change(anchor, 'operatingSystem', [], ['x']))).toBe('attributeNotInClass')
      expect(outcomeOf(await change(anchor, 'cn', [`user${made}`], ['x']))).toBe('unwilling')
    })

    it('does nothing where nothing differs', async () => {
      expect(outcomeOf(await change(nobody, 'displayName', ['x'], ['x']))).toBe('accepted')
      expect(outcomeOf(await change(nobody, 'displayName', ['x'], ['y']))).toBe('objectNotFound')
    })

    it('needs the right on the account', async () => {
      const administrator = await anchorOf(`CN=Administrator,CN=Users,${directory().baseDn}`)
      expect(outcomeOf(await change(administrator, 'displayName', [], ['x']))).toBe('notPermitted')
    })
  })

  describe('moveTo, delete', () => {
    it('keeps anchor and SID through a rename, also one in case only', async () => {
      const anchor = await addAny()
      const before = await read(anchor, 'objectSid')
      valueOf(await writer.moveTo(anchor, inOu('Renamed, again'), calm))
      valueOf(await writer.moveTo(anchor, inOu('RENAMED, again'), calm))
      const after = await read(anchor, 'objectSid')
      expect(after?.dn).toBe(inOu('RENAMED, again'))
      expect(valuesOf(after?.attributes ?? {}, 'objectSid')).toEqual(valuesOf(before?.attributes ?? {}, 'objectSid'))
    })

    it('moves to another OU with a new name in one step', async () => {
      const ou = childDn('OU', 'Leavers, all', dn(directory().guestOu))
      await addAsAdministrator(directory(), ou, { objectClass: 'organizationalUnit' })
      const anchor = await addAny()
      valueOf(await writer.moveTo(anchor, childDn('CN', 'moved', ou), calm))
      expect((await read(anchor))?.dn).toBe(childDn('CN', 'moved', ou))
    })

    it('is refused where the name is taken, the OU missing, the right lacking or the object gone', async () => {
      const anchor = await addAny()
      valueOf(await add('in the way', { sAMAccountName: ['intheway'] }))
      expect(outcomeOf(await writer.moveTo(anchor, inOu('in the way'), calm))).toBe('objectNameTaken')
      expect(outcomeOf(await writer.moveTo(anchor, childDn('CN', 'x', inOu('nobody')), calm))).toBe('parentNotFound')
      expect(outcomeOf(await writer.moveTo(anchor, childDn('CN', 'x', outside()), calm))).toBe('notPermitted')
      expect(outcomeOf(await writer.moveTo(nobody, inOu('x'), calm))).toBe('objectNotFound')
    })

    it('deletes by anchor, once, and only where it may', async () => {
      const anchor = await addAny()
      valueOf(await writer.delete(anchor, calm))
      expect(await read(anchor)).toBeNull()
      expect(outcomeOf(await writer.delete(anchor, calm))).toBe('objectNotFound')
      expect(outcomeOf(await writer.delete(await anchorOf(`CN=Administrator,CN=Users,${directory().baseDn}`), calm))).toBe('notPermitted')
    })
  })
}
