import { Client } from 'ldapts'
import { alwaysReadAttributes } from '../src/main/connectors/ad/directoryConnection.ts'
import { createDirectoryReader } from '../src/main/connectors/ad/directoryReader.ts'
import { dnOf } from '../test/engine/world.ts'
import { startDomainController } from '../test/fixtures/domainController.ts'
import { compareServers } from './compareServers.ts'
import { openLdapClient } from './processes/openLdap.ts'
import { accountToAdd, addAccounts } from './worlds/directoryAccounts.ts'

const accounts = 5_000
const pageSize = 1_000
const attributes = ['displayName', 'givenName', 'sn', 'mail', 'employeeType']
const filter = '(&(objectCategory=person)(objectClass=user))'
const wanted = [...alwaysReadAttributes, ...attributes]
const directory = await startDomainController()
const ldap = openLdapClient(directory)
try {
  await addAccounts(directory, Array.from({ length: accounts }, (_, number) => accountToAdd(directory.guestOu, 'g', number)))
  await compareServers({
    name: 'AD import', objects: accounts, rounds: 4, goal: 0.9,
    measures: `import of ${accounts} accounts from Samba in pages of ${pageSize} by the connector: sign-in, schema, watermark, every value decoded`,
    against: 'paging over the same accounts and attributes on the same controller',
    measured: { name: 'connector', work: importAll },
    references: [{ name: 'ldapsearch', work: () => ldap.run('ldapsearch', ['-LLL', '-E', `pr=${pageSize}/noprompt`, '-b', directory.guestOu, filter, ...wanted], '') }],
    beside: [{ name: 'bare ldapts, paging', work: searchByLdapts }],
    explain: (rateOf) => [
      'Samba makes each answer in one process, which takes most of the time of all contenders; ldapsearch is a process of its own that decodes nothing.',
      `ldapts, which parses each message in JavaScript, reaches ${shareOf(rateOf('bare ldapts, paging'), rateOf('ldapsearch'))} of ldapsearch by itself;`,
      `the connector reaches ${shareOf(rateOf('connector'), rateOf('bare ldapts, paging'))} of that, with schema and watermark read first and every value decoded by its syntax.`,
    ].join(' '),
  })
} finally {
  ldap.close()
  await directory.stop()
}

function shareOf(rate: number, of: number): string {
  return (rate / of).toFixed(2)
}

async function importAll(): Promise<void> {
  const reader = createDirectoryReader({
    servers: [{ host: directory.ip, port: directory.ldapsPort }], security: 'ldaps', caPem: directory.caPem, ...directory.sync,
    managedOus: [dnOf(directory.guestOu)], pageSize,
  })
  let read = 0
  for await (const page of reader.importAll({ attributes, signal: new AbortController().signal })) {
    if (!page.ok) throw new Error(page.problem.message)
    read += page.value.objects.length
  }
  await reader.close()
  if (read !== accounts) throw new Error(`${read} of ${accounts} accounts came`)
}

async function searchByLdapts(): Promise<void> {
  const client = new Client({ url: `ldaps://${directory.ip}:${directory.ldapsPort}`, tlsOptions: { ca: directory.caPem } })
  await client.bind(directory.sync.account, directory.sync.password)
  const { searchEntries } = await client.search(directory.guestOu, { filter, scope: 'sub', attributes: wanted, paged: { pageSize } })
  await client.unbind()
  if (searchEntries.length !== accounts) throw new Error(`${searchEntries.length} of ${accounts} accounts came`)
}
