import { describe, expect, it } from 'vitest'
import { aliasOf, parseSpnMappings } from '../../../../src/main/connectors/ad/delegation/spnMappings.ts'

const mappings = parseSpnMappings(['host=alerter,appmgmt,HTTP,www', 'nonsense', 'cifs = spooler'])

describe('the name that covers another one', () => {
  it.each([
    ['HTTP/web01.contoso.test', 'host/web01.contoso.test'], ['www/web01:8080', 'host/web01:8080'], ['spooler/print01/contoso.test', 'cifs/print01/contoso.test'],
    ['https/web01', null], ['host/web01', null], ['web01', null], ['/web01', null],
  ])('of %s is %s', (spn, alias) => {
    expect(aliasOf(spn, mappings)).toBe(alias)
  })
})
