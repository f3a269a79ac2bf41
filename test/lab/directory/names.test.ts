import fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { formatDn, parseDnOfLab, rdnKey } from '../../../src/main/lab/directory/names/dnOfLab.ts'
import { guidFromOctets, guidToOctets, sidFromOctets, sidToOctets } from '../../../src/main/lab/directory/names/octets.ts'
import { collationKey } from '../../../src/main/lab/directory/schema/collation.ts'

test.each([
  ['CN=a,DC=b', [['CN', 'a'], ['DC', 'b']]],
  ['cn = a , dc = b', [['cn', 'a'], ['dc', 'b']]],
  ['CN=a\\,b,DC=c', [['CN', 'a,b'], ['DC', 'c']]],
  ['CN="a,b";DC=c', [['CN', 'a,b'], ['DC', 'c']]],
  ['CN=\\20a\\20,DC=c', [['CN', ' a '], ['DC', 'c']]],
  ['CN=a\\ ,DC=c', [['CN', 'a '], ['DC', 'c']]],
  ['CN=M\\C3\\BCller', [['CN', 'Müller']]],
  ['CN=#04024142', [['CN', 'AB']]],
  ['CN=\\ ,DC=c', [['CN', ' '], ['DC', 'c']]],
  ['2.5.4.3=a', [['2.5.4.3', 'a']]],
  ['', []],
])('reads %s', (text, names) => {
  expect(parseDnOfLab(text)?.map((rdn) => [rdn.attribute, rdn.value])).toEqual(names)
})

test.each(['nonsense', 'CN=', 'CN=a,', '=a', 'CN=a\\', 'CN=a\\zb', 'CN="a', 'CN=a+SN=b', 'CN=\\FF', 'C N=a'])('does not take %s for a DN', (text) => {
  expect(parseDnOfLab(text)).toBeNull()
})

test('writes the blank at both ends once', () => {
  expect([' ', '#', ' #a ', 'a=b'].map((value) => formatDn([{ attribute: 'CN', value }]))).toEqual(['CN=\\ ', 'CN=\\#', 'CN=\\ #a\\ ', 'CN=a\\=b'])
})

test('reads back every name that it writes', () => {
  const value = fastCheck.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\ufffd'))
  fastCheck.assert(
    fastCheck.property(fastCheck.array(value, { minLength: 1, maxLength: 4 }), (values) => {
      const names = values.map((one) => ({ attribute: 'CN', value: one }))
      expect(parseDnOfLab(formatDn(names))).toEqual(names)
    }),
  )
})

test('takes names for the same without case and accents, as Windows does', () => {
  expect(rdnKey({ attribute: 'cn', value: 'JOSÉ' })).toBe(rdnKey({ attribute: 'CN', value: 'jose' }))
  expect(collationKey('Zieliński')).toBe(collationKey('ZIELINSKI'))
  expect(collationKey('ｶﾅ')).toBe(collationKey('かな'))
  expect(collationKey('Søren')).not.toBe(collationKey('Soren'))
})

// MS-DTYP 2.3.4.2 and 2.4.2.2.
test('writes GUIDs and SIDs in the octets of the protocol', () => {
  expect(guidToOctets('00112233-4455-6677-8899-aabbccddeeff')?.toString('hex')).toBe('33221100554477668899aabbccddeeff')
  expect(sidToOctets('S-1-5-32-544')?.toString('hex')).toBe('01020000000000052000000020020000')
  expect([guidToOctets('no'), sidToOctets('S-1-5'), sidToOctets('S-1-5-99999999999')]).toEqual([null, null, null])
})

test('reads back every GUID and SID that it writes', () => {
  fastCheck.assert(
    fastCheck.property(fastCheck.uuid(), fastCheck.array(fastCheck.integer({ min: 0, max: 0xffff_ffff }), { minLength: 1, maxLength: 15 }), (guid, parts) => {
      expect(guidFromOctets(guidToOctets(guid) ?? Buffer.alloc(16))).toBe(guid)
      const sid = `S-1-5-${parts.join('-')}`
      expect(sidFromOctets(sidToOctets(sid) ?? Buffer.alloc(12))).toBe(sid)
    }),
  )
})
