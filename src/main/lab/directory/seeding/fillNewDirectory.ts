import type { Actor } from '../access/actor.ts'
import { wholeDescriptor } from '../access/descriptor/descriptor.ts'
import { hashPassword } from '../access/password.ts'
import { nowAsFileTime } from '../clock.ts'
import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { referencesOf, withAttributes } from '../entries/entry.ts'
import { resolveName } from '../entries/resolve.ts'
import { formatDn } from '../names/dnOfLab.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import { findAttribute, knownAttribute } from '../schema/schema.ts'
import { matchKey, syntaxOf } from '../schema/syntax.ts'
import type { DirectoryAccount, SeedChange, SeedEntry } from '../seedEntry.ts'
import { addEntry } from '../write/add.ts'
import { modifyEntry } from '../write/modify.ts'
import type { WriteOptions } from '../write/request.ts'
import { readInput } from '../write/values.ts'
import { delegateTo } from './delegate.ts'
import { writeRawEntries } from './rawEntries.ts'
import { wellKnownEntries } from './wellKnown.ts'

const system: Actor = { kind: 'system' }
const options: WriteOptions = { transport: 'encrypted', valueChecks: 'strict', descriptorParts: wholeDescriptor, deletedObjects: 'hidden' }

export type FirstContent = { readonly seed: readonly SeedEntry[]; readonly seedChanges?: readonly SeedChange[]; readonly accounts: readonly DirectoryAccount[] }

/** All first entries, through the same add that clients use, in one transaction. Throws where a seed entry breaks the directory's own rules. */
export function fillNewDirectory(directory: Directory, { seed, seedChanges = [], accounts }: FirstContent): void {
  directory.store.commitTogether(() => {
    writeRawEntries(directory)
    for (const entry of wellKnownEntries(directory.domain)) addSeed(directory, entry)
    joinWellKnownGroups(directory)
    for (const entry of seed) addSeed(directory, entry)
    for (const change of seedChanges) applyChange(directory, change)
    for (const account of accounts) giveAccount(directory, account)
    joinAdministrators(directory, accounts)
  })
}

export function findByAccountName(directory: Directory, name: string): Entry | undefined {
  const [id] = directory.store.findByKey('sAMAccountName', matchKey(knownAttribute('sAMAccountName'), name)) ?? []
  return id === undefined ? undefined : directory.store.get(id)
}

function addSeed(directory: Directory, entry: SeedEntry): Entry {
  const attributes = Object.entries(entry.attributes).map(([name, values]) => ({ name, values: values.map((value) => encodeSeedValue(name, value)) }))
  const objectClass = { name: 'objectClass', values: [Buffer.from(entry.objectClass)] }
  return accepted(addEntry(directory, system, { dn: entry.dn, attributes: [...attributes, objectClass] }, options), entry.dn)
}

/** Values have the form of their attribute; no other rule is asked. */
function applyChange(directory: Directory, { dn, attributes }: SeedChange): void {
  const entry = accepted(resolveName(directory, dn), dn)
  const changes = Object.entries(attributes).map(([name, values]) => {
    const { attribute, values: stored } = accepted(readInput(directory, { name, values: values.map((value) => encodeSeedValue(name, value)) }), dn)
    return [attribute.name, stored] as const
  })
  directory.store.commit({ entries: [withAttributes(entry, Object.fromEntries(changes))] })
}

function encodeSeedValue(name: string, value: string): Buffer {
  const attribute = findAttribute(name)
  return Buffer.from(value, attribute !== undefined && syntaxOf(attribute) === 'octets' ? 'base64' : 'utf8')
}

function joinWellKnownGroups(directory: Directory): void {
  const base = formatDn(directory.domainNames)
  const memberships = [
    ['CN=Domain Admins,CN=Users', 'CN=Administrator,CN=Users'], ['CN=Schema Admins,CN=Users', 'CN=Administrator,CN=Users'],
    ['CN=Enterprise Admins,CN=Users', 'CN=Administrator,CN=Users'], ['CN=Administrators,CN=Builtin', 'CN=Domain Admins,CN=Users'],
    ['CN=Administrators,CN=Builtin', 'CN=Enterprise Admins,CN=Users'], ['CN=Administrators,CN=Builtin', 'CN=Administrator,CN=Users'],
    ['CN=Users,CN=Builtin', 'CN=Domain Users,CN=Users'],
  ] as const
  for (const [group, member] of memberships) {
    const modification = { operation: 'add', name: 'member', values: [Buffer.from(`${member},${base}`)] } as const
    accepted(modifyEntry(directory, system, { dn: `${group},${base}`, modifications: [modification] }, options), group)
  }
}

/** The password is set past the domain's policy: it is the installer's, not a user's. */
function giveAccount(directory: Directory, account: DirectoryAccount): void {
  const dn = formatDn([{ attribute: 'CN', value: account.accountName }, { attribute: 'CN', value: 'Users' }, ...directory.domainNames])
  const attributes = { sAMAccountName: [account.accountName], userAccountControl: ['66048'] }
  const entry = findByAccountName(directory, account.accountName) ?? addSeed(directory, { dn, objectClass: 'user', attributes })
  const changes = { userPrincipalName: [account.userPrincipalName], pwdLastSet: [String(nowAsFileTime())] }
  directory.store.commit({ entries: [withAttributes(entry, changes)], secrets: new Map([[entry.id, hashPassword(account.password)]]) })
  if (account.rights.kind === 'delegated') delegateTo(directory, directory.store.get(entry.id), account.rights)
}

function joinAdministrators(directory: Directory, accounts: readonly DirectoryAccount[]): void {
  const admins = findByAccountName(directory, 'Domain Admins')
  const wanted = accounts.filter((account) => account.rights.kind === 'administrator').map((account) => findByAccountName(directory, account.accountName)?.id)
  if (admins === undefined) return
  const members = new Set([...referencesOf(admins, 'member'), ...wanted.filter((id) => id !== undefined)])
  directory.store.commit({ entries: [withAttributes(admins, { member: [...members] })] })
}

function accepted<Value>(outcome: Value | Refusal, dn: string): Value {
  if (isRefusal(outcome)) throw new Error(`The first entry ${dn} was refused: ${outcome.code} ${outcome.message}`)
  return outcome
}
