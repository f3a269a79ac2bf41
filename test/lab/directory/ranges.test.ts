import type { Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDirectory } from './testDirectory.ts'
import { administrator, base, read, startTestDirectory } from './testDirectory.ts'

const people = Array.from({ length: 3_100 }, (_, index) => `CN=person ${index},OU=Crowd,${base}`)
const group = `CN=Everybody,OU=Crowd,${base}`

let directory: TestDirectory
let client: Client
beforeAll(async () => {
  const seed = [
    { dn: `OU=Crowd,${base}`, objectClass: 'organizationalUnit', attributes: {} },
    ...people.map((dn) => ({ dn, objectClass: 'contact', attributes: {} })),
    { dn: group, objectClass: 'group', attributes: { member: people } },
  ]
  directory = await startTestDirectory({ seed })
  client = await directory.connect(administrator)
})
afterAll(() => directory.close())

const rangesIn = async (...attributes: readonly string[]) =>
  Object.entries(await read(client, group, ...attributes)).filter(([name]) => name.includes('range=')).map(([name, values]) => [name, values.length])

describe('a list of more than 1,500 values', () => {
  test('is told in part, and the part is named, though nobody asked for one', async () => {
    expect(await rangesIn('member')).toContainEqual(['member;range=0-1499', 1_500])
  })

  test('is told to its end by asking for one part after the other', async () => {
    const members: string[] = []
    for (let first = 0; ; ) {
      const [name = '', values = []] = Object.entries(await read(client, group, `member;range=${first}-*`)).find(([key, found]) => key.includes('range=') && found.length > 0) ?? []
      members.push(...values)
      if (name.endsWith('-*')) break
      first += values.length
    }
    expect(new Set(members)).toEqual(new Set(people))
  })

  test.each([
    ['member;range=10-19', ['member;range=10-19', 10]],
    ['member;range=0-2999', ['member;range=0-1499', 1_500]],
    ['member;range=3000-*', ['member;range=3000-*', 100]],
    ['member;range=3000-5000', ['member;range=3000-*', 100]],
  ])('answers %s', async (asked, answered) => {
    expect(await rangesIn(asked)).toContainEqual(answered)
  })
})

test('a list that fits is told whole', async () => {
  expect((await read(client, `CN=Staff,OU=Employees,${base}`, 'member')).member).toEqual([`CN=Berta Berg,OU=Employees,${base}`])
})
