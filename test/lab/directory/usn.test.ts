import type { Client } from 'ldapts'
import { Control } from 'ldapts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDirectory } from './testDirectory.ts'
import { addUser, administrator, base, change, find, guests, read, startTestDirectory } from './testDirectory.ts'

let directory: TestDirectory
let client: Client
beforeAll(async () => {
  directory = await startTestDirectory()
  client = await directory.connect(administrator)
})
afterAll(() => directory.close())

class ShowDeleted extends Control {
  constructor() { super('1.2.840.113556.1.4.417', { critical: true }) }
}
const highest = async () => Number((await read(client, '', 'highestCommittedUSN')).highestCommittedUSN?.[0])
const usnOf = async (dn: string) => Number((await read(client, dn, 'uSNChanged')).uSNChanged?.[0])

async function invocationIdOf(as: Client): Promise<string> {
  const [service = ''] = (await read(as, '', 'dsServiceName')).dsServiceName ?? []
  const { searchEntries: [entry] } = await as.search(service, { scope: 'base', attributes: ['invocationId'], explicitBufferAttributes: ['invocationId'] })
  return Buffer.isBuffer(entry?.invocationId) ? entry.invocationId.toString('hex') : 'none'
}

test('every write gives its entry the highest USN, which is never below any that was given', async () => {
  const dn = await addUser(client)
  expect(await usnOf(dn)).toBe(await highest())
  await client.modify(dn, change('replace', 'displayName', 'New'))
  expect(await usnOf(dn)).toBe(await highest())
})

test('a search above a USN finds what changed since, moves included, and deletions where they are shown', async () => {
  const [changed, moved, deleted] = [await addUser(client, {}, 'changed'), await addUser(client, {}, 'moved'), await addUser(client, {}, 'deleted')]
  const since = await highest()
  await client.modify(changed, change('replace', 'displayName', 'New'))
  await client.modifyDN(moved, `CN=moved,OU=Employees,${base}`)
  await client.del(deleted)
  const filter = `(&(objectClass=user)(uSNChanged>=${since + 1}))`
  expect((await find(client, filter)).toSorted()).toEqual([changed, `CN=moved,OU=Employees,${base}`].toSorted())
  const { searchEntries } = await client.search(`<WKGUID=18E2EA80684F11D2B9AA00C04F79F805,${base}>`, { scope: 'one', filter }, new ShowDeleted())
  expect(searchEntries.map((entry) => entry.lastKnownParent)).toEqual([guests])
})

test('a change that changes nothing gives no USN', async () => {
  const dn = await addUser(client, { displayName: 'Same' })
  const before = await highest()
  await client.modify(dn, change('replace', 'displayName', 'Same'))
  expect(await highest()).toBe(before)
})

test('the invocationId stays over a restart and differs from that of another directory', async () => {
  const before = await invocationIdOf(client)
  expect(before).toMatch(/^[0-9a-f]{32}$/)
  await directory.restart()
  client = await directory.connect(administrator)
  expect(await invocationIdOf(client)).toBe(before)
  const other = await startTestDirectory()
  expect(await invocationIdOf(await other.connect(administrator))).not.toBe(before)
  await other.close()
})
