import { Attribute, Change, Client } from 'ldapts'
import { createDirectoryWriter } from '../src/main/connectors/ad/directoryWriter.ts'
import { generateUnicodePwd } from '../src/main/connectors/ad/randomPassword.ts'
import { dnOf } from '../test/engine/world.ts'
import { startDomainController } from '../test/fixtures/domainController.ts'
import { compareServers, type Contender } from './compareServers.ts'
import { openLdapClient } from './processes/openLdap.ts'
import { accountToAdd, describeAdd, disabled, smartCardRequired, userClasses, type AccountToAdd } from './worlds/directoryAccounts.ts'

// Samba takes some thirty a second, of ten contenders.
const accounts = 40
const rounds = 3
const directory = await startDomainController()
const ldap = openLdapClient(directory)
const calm = new AbortController().signal
let batch = 0
/** The old number deleted, the new one added, as the writer does it. */
const controlChanges = [
  new Change({ operation: 'delete', modification: new Attribute({ type: 'userAccountControl', values: [String(disabled)] }) }),
  new Change({ operation: 'add', modification: new Attribute({ type: 'userAccountControl', values: [String(smartCardRequired)] }) }),
]

const ofOurs = [1, 4, 8].map((connections) => contender(`writer, ${connections}`, (added) => writeByWriter(added, connections)))
const bare = [1, 4, 8].flatMap((connections) => [
  contender(`ldapmodify, ${connections}`, (added) => inShares(added, connections, (share) => ldap.run('ldapmodify', [], share.map(describeAccount).join('')))),
  contender(`bare ldapts, ${connections}`, (added) => inShares(added, connections, (share) => writeByLdapts(share, 'none'))),
])
const plain = contender('plain adds by ldapmodify, 1', (added) => ldap.run('ldapmodify', [], added.map(describeAdd).join('')))
const script = contender('the sample script’s way', (added) => writeByLdapts(added, 'each'))
const oneProcess = 'Samba answers all connections from one process and one database, so more of them gain little here.'

try {
  const [first, ...others] = ofOurs
  if (first === undefined) throw new Error('no contender')
  const four = others[0] ?? first
  await compareServers({
    name: 'Export of new accounts', objects: accounts, rounds, goal: 0.95,
    explain: (rateOf) => [
      oneProcess,
      `Plain adds alone go at ${rateOf(plain.name)} a second, with password and userAccountControl at ${Math.max(...bare.map(({ name }) => rateOf(name)))} at best: what is on top is the server’s work.`,
      'The writer also reads the objectGUID of each new account, which the journal needs and the others do not ask for.',
    ].join(' '),
    measures: `${accounts} new accounts on Samba by our writer over 4 connections: added disabled, objectGUID read, password set, userAccountControl set`,
    against: 'the best of OpenLDAP’s client and bare ldapts with 1, 4 and 8 connections: added disabled, password set, userAccountControl set',
    measured: four, references: bare, beside: [first, ...others.slice(1), plain],
  })
  await compareServers({
    name: 'Export, sample script', objects: accounts, rounds, goal: 3,
    explain: (rateOf) => `${oneProcess} The script’s way takes a look-up more for each account, the export reads each new account’s objectGUID, and neither has fewer of the slow operations: ${rateOf(script.name)} accounts a second, in place of ${rateOf(four.name)}.`,
    measures: `${accounts} new accounts by our writer over 4 connections, as above`,
    against: 'one look-up for each account, then added, then enabled with its password, one after the other',
    measured: four, references: [script],
  })
} finally {
  ldap.close()
  await directory.stop()
}

/** Each round has names of its own; the accounts are deleted again, so that the directory stays of one size. */
function contender(name: string, write: (added: readonly AccountToAdd[]) => Promise<unknown>): Contender {
  let added: readonly AccountToAdd[] = []
  return {
    name,
    work: () => {
      batch += 1
      added = Array.from({ length: accounts }, (_, number) => accountToAdd(directory.guestOu, `b${batch}`, number))
      return write(added)
    },
    clearAway: () => ldap.run('ldapmodify', [], added.map(({ dn }) => `dn: ${dn}\nchangetype: delete\n\n`).join('')),
  }
}

/** The accounts in as many equal parts, all at once. */
async function inShares(added: readonly AccountToAdd[], count: number, write: (share: readonly AccountToAdd[]) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => write(added.filter((_account, position) => position % count === index))))
}

async function writeByWriter(added: readonly AccountToAdd[], writeConnections: number): Promise<void> {
  const writer = createDirectoryWriter({
    servers: [{ host: directory.ip, port: directory.ldapsPort }], security: 'ldaps', caPem: directory.caPem, ...directory.sync,
    managedOus: [dnOf(directory.guestOu)], writeConnections,
  })
  await inShares(added, writeConnections, async (share) => {
    for (const { dn, attributes } of share) {
      const values = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, [value]]))
      const anchor = await writer.addDisabledUser(dnOf(dn), values, calm)
      if (!anchor.ok) throw new Error(anchor.problem.message)
      const reset = await writer.setRandomPassword(anchor.value, calm)
      if (!reset.ok) throw new Error(reset.problem.message)
      const enabled = await writer.setUserAccountControl(anchor.value, disabled, smartCardRequired, calm)
      if (!enabled.ok) throw new Error(enabled.problem.message)
    }
  })
  await writer.close()
}

async function writeByLdapts(added: readonly AccountToAdd[], lookUps: 'none' | 'each'): Promise<void> {
  const client = new Client({ url: `ldaps://${directory.ip}:${directory.ldapsPort}`, tlsOptions: { ca: directory.caPem } })
  await client.bind(directory.sync.account, directory.sync.password)
  for (const { dn, userPrincipalName, attributes } of added) {
    if (lookUps === 'each') await client.search(directory.baseDn, { scope: 'sub', filter: `(userPrincipalName=${userPrincipalName})`, attributes: ['objectGUID'] })
    await client.add(dn, [
      new Attribute({ type: 'objectClass', values: userClasses }), new Attribute({ type: 'userAccountControl', values: [String(disabled)] }),
      ...Object.entries(attributes).map(([type, value]) => new Attribute({ type, values: [value] })),
    ])
    await client.modify(dn, new Change({ operation: 'replace', modification: new Attribute({ type: 'unicodePwd', values: [generateUnicodePwd()] }) }))
    await client.modify(dn, controlChanges)
  }
  await client.unbind()
}

function describeAccount(account: AccountToAdd): string {
  const change = (lines: readonly string[]) => [`dn: ${account.dn}`, 'changetype: modify', ...lines, '-', '', ''].join('\n')
  return [
    describeAdd(account),
    change(['replace: unicodePwd', `unicodePwd:: ${generateUnicodePwd().toString('base64')}`]),
    change(['delete: userAccountControl', `userAccountControl: ${disabled}`, '-', 'add: userAccountControl', `userAccountControl: ${smartCardRequired}`]),
  ].join('')
}
