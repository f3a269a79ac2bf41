import { expect, test } from 'vitest'
import { readDriftVersions, writeDriftVersions } from '../../../src/shared/domain/driftVersions.ts'

test('both versions of an object come out of a problem as they went in', () => {
  const versions = [{ name: 'sn', planned: 'Muller', found: 'Möller' }, { name: 'mail', planned: '', found: 'a@b.test' }, { name: 'planned sn', planned: '1', found: '' }]
  expect(readDriftVersions({ dn: 'CN=Ana,DC=contoso,DC=test', ...writeDriftVersions(versions) })).toEqual(versions)
})

test('a problem without versions has none', () => {
  expect(readDriftVersions({ dn: 'CN=Ana,DC=contoso,DC=test' })).toEqual([])
})
