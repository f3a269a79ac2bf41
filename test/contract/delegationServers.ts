import { createDelegationReader } from '../../src/main/connectors/ad/delegation/delegationReader.ts'
import type { PrincipalFacts } from '../../src/shared/domain/delegation.ts'
import { addAsAdministrator, calm, connectionTo, dn, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'

export type Servers = { readonly connector: PrincipalFacts; readonly pool: PrincipalFacts; readonly web: PrincipalFacts }

/** A connector, the account of an application pool and a web server, as an administrator made them; `mark` keeps those of one test from another's. */
export async function addServers(directory: DirectoryUnderTest, mark: string): Promise<Servers> {
  // Accounts without password, which both servers take when userAccountControl says so (0x20).
  const [computer, user] = ['4128', '544']
  const names = { connector: `connector-${mark}`, pool: `pool-${mark}`, web: `web-${mark}` }
  const place = (name: string) => `CN=${name.toUpperCase()},${directory.serversOu}`
  await addAsAdministrator(directory, place(names.connector), {
    objectClass: 'computer', sAMAccountName: `${names.connector.toUpperCase()}$`, userAccountControl: computer, dNSHostName: host(names.connector),
    'msDS-SupportedEncryptionTypes': '28', 'msDS-AllowedToDelegateTo': [`HTTP/${host(names.pool)}`, `HTTP/${host(`stale-${mark}`)}`],
  })
  await addAsAdministrator(directory, place(names.pool), {
    objectClass: 'user', sAMAccountName: names.pool, userPrincipalName: `${names.pool}@contoso.test`, userAccountControl: user,
    servicePrincipalName: `HTTP/${host(names.pool)}`,
  })
  await addAsAdministrator(directory, place(names.web), {
    objectClass: 'computer', sAMAccountName: `${names.web.toUpperCase()}$`, userAccountControl: computer, dNSHostName: host(names.web),
    servicePrincipalName: [`HOST/${names.web}`, `HOST/${host(names.web)}`, `HOST/${host(`both-${mark}`)}`, `HTTP/${host(`both-${mark}`)}`],
  })
  const reader = createDelegationReader(connectionTo(directory, { globalCatalogs: [] }))
  const read = async (name: string): Promise<PrincipalFacts> => {
    const [found] = valueOf(await reader.findPrincipals({ by: 'dn', dn: dn(place(name)) }, calm))
    if (found === undefined) throw new Error(`${name} was made and cannot be found`)
    return found
  }
  try {
    return { connector: await read(names.connector), pool: await read(names.pool), web: await read(names.web) }
  } finally {
    await reader.close()
  }
}

export function host(name: string): string {
  return `${name}.contoso.test`
}
