import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkFilter } from '../../src/main/service/checkFilter.ts'
import { sample } from '../workspace/sample.ts'

const withFilter = (filter: string) => checkFilter('/contoso', { ...sample, entra: { ...sample.entra, filter } })

it('names file, key and character of a filter that a delta import could not apply', () => {
  expect(withFilter("displayName ge 'M'")).toMatchObject({
    kind: 'configurationInvalid', message: expect.stringContaining(`${join('/contoso', 'workspace.json')}: /entra/filter: `), detail: { path: '/entra/filter', position: 13 },
  })
})

it('accepts what full and delta imports understand alike, and no filter at all', () => {
  expect(withFilter("userType eq 'Guest' and not endsWith(mail, '@fabrikam.com')")).toBeNull()
  expect(withFilter('')).toBeNull()
  expect(checkFilter('/contoso', sample)).toBeNull()
})
