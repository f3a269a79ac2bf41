import type { Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatDescriptor } from '../../../src/main/lab/directory/access/descriptor/descriptorOctets.ts'
import { parseSddl } from '../../../src/main/lab/directory/access/descriptor/sddl.ts'
import type { TestDirectory } from './testDirectory.ts'
import { addUser, administrator, base, change, domainSid, find, refusalOf, startTestDirectory } from './testDirectory.ts'

const trust = 'msDS-AllowedToActOnBehalfOfOtherIdentity'
const berta = `CN=Berta Berg,OU=Employees,${base}`
const spn = 'HTTP/twice.contoso.lab'

let directory: TestDirectory
let client: Client
beforeAll(async () => {
  directory = await startTestDirectory({
    seedChanges: [
      { dn: berta, attributes: { servicePrincipalName: [spn], pwdLastSet: ['132223104000000000'], [trust]: [Buffer.from('no descriptor').toString('base64')] } },
      { dn: `CN=Administrator,CN=Users,${base}`, attributes: { servicePrincipalName: [spn] } },
      { dn: `CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration,${base}`, attributes: { dSHeuristics: ['000000000000000000001'] } },
    ],
  })
  client = await directory.connect(administrator)
})
afterAll(() => directory.close())

describe('who may act for others at an account', () => {
  const descriptor = (sddl: string) => formatDescriptor(parseSddl(sddl, domainSid))

  test('is a security descriptor with an owner', async () => {
    const dn = await addUser(client)
    await client.modify(dn, change('add', trust, descriptor('O:BAD:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;DA)')))
    expect(await refusalOf(client.modify(dn, change('replace', trust, descriptor('D:(A;;CC;;;DA)'))))).toBe('21 0000200B')
    expect(await refusalOf(client.modify(dn, change('replace', trust, Buffer.from('no descriptor'))))).toBe('21 0000200B')
    expect(await refusalOf(client.modify(dn, change('replace', trust, descriptor('O:BAD:(A;;CC;;;DA)').subarray(0, 60))))).toBe('21 0000200B')
  })
})

describe('what a domain has from earlier days', () => {
  test('is there although nobody could write it today', async () => {
    expect(await find(client, `(servicePrincipalName=${spn})`)).toHaveLength(2)
    expect(await find(client, '(&(cn=Berta Berg)(pwdLastSet=132223104000000000))')).toHaveLength(1)
    expect(await refusalOf(client.modify(await addUser(client), change('add', 'servicePrincipalName', spn)))).toBe('19 000021C7')
  })

  test('does not block a change of something else', async () => {
    await client.modify(berta, change('replace', 'title', 'Dr'))
    expect(await find(client, '(title=Dr)')).toHaveLength(1)
  })
})
