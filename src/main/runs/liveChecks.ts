import { valuesOf } from '../../shared/domain/attributes.ts'
import type { Change } from '../../shared/domain/change.ts'
import { parentDn } from '../../shared/domain/dn.ts'
import type { LiveCheck } from '../../shared/domain/liveCheck.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { DirectoryReader } from '../connectors/connector.ts'
import { driftOf, findDrift } from './export/drift.ts'

/** Looks whether the change could be written now. Reads only. */
export async function checkLive(reader: DirectoryReader, change: Change, signal: AbortSignal): Promise<readonly LiveCheck[]> {
  if (change.kind !== 'create') return [await checkUnchanged(reader, change, signal)]
  const ou = parentDn(change.dn)
  const accountName = valueOf(change, 'sAMAccountName')
  const userPrincipalName = valueOf(change, 'userPrincipalName')
  return [
    ...(ou === null ? [] : await checkOu(reader, ou, signal)),
    await checkDn(reader, change, signal),
    await checkFree(reader, 'accountNameIsFree', 'sAMAccountName', accountName, signal),
    await checkFree(reader, 'userPrincipalNameIsFree', 'userPrincipalName', userPrincipalName, signal),
  ]
}

export function notChecked(change: Change, problem: Problem): readonly LiveCheck[] {
  const names: readonly LiveCheck['name'][] = change.kind === 'create' ? ['ouExists', 'mayCreate', 'dnIsFree', 'accountNameIsFree', 'userPrincipalNameIsFree'] : ['accountIsUnchanged']
  return names.map((name) => ({ name, state: 'notChecked', text: `Not checked: ${problem.message}` }))
}

async function checkOu(reader: DirectoryReader, ou: NonNullable<ReturnType<typeof parentDn>>, signal: AbortSignal): Promise<readonly LiveCheck[]> {
  const may = await reader.mayCreateUsersIn(ou, signal)
  if (!may.ok) return [unread('ouExists', may.problem), unread('mayCreate', may.problem)]
  if (may.value === null) return [{ name: 'ouExists', state: 'failed', text: `${ou} does not exist.` }, { name: 'mayCreate', state: 'notChecked', text: 'Not checked: there is no OU to ask about.' }]
  return [
    { name: 'ouExists', state: 'passed', text: `${ou} exists.` },
    may.value
      ? { name: 'mayCreate', state: 'passed', text: 'Our account may create users in it.' }
      : { name: 'mayCreate', state: 'failed', text: `Our account may not create users in ${ou}: delegate "Create user objects" on it.` },
  ]
}

async function checkDn(reader: DirectoryReader, change: Change, signal: AbortSignal): Promise<LiveCheck> {
  const found = await reader.readObject(change.dn, ['sAMAccountName'], signal)
  if (!found.ok) return unread('dnIsFree', found.problem)
  return found.value === null
    ? { name: 'dnIsFree', state: 'passed', text: `${change.dn} is free.` }
    : { name: 'dnIsFree', state: 'failed', text: `${change.dn} is taken by ${String(valuesOf(found.value.attributes, 'sAMAccountName')[0] ?? found.value.anchor)}.` }
}

async function checkFree(reader: DirectoryReader, name: LiveCheck['name'], attribute: string, value: string | null, signal: AbortSignal): Promise<LiveCheck> {
  if (value === null) return { name, state: 'notChecked', text: `Not checked: the change sets no ${attribute}.` }
  const found = await reader.findByValue(attribute, value, signal)
  if (!found.ok) return unread(name, found.problem)
  const owner = found.value[0]
  return owner === undefined
    ? { name, state: 'passed', text: `${attribute} ${value} is free in this domain.` }
    : { name, state: 'failed', text: `${attribute} ${value} is taken by ${owner.dn ?? owner.anchor}.` }
}

async function checkUnchanged(reader: DirectoryReader, change: Exclude<Change, { kind: 'create' }>, signal: AbortSignal): Promise<LiveCheck> {
  const name = 'accountIsUnchanged'
  const now = await reader.readObject(change.anchor, [...Object.keys(change.precondition.values), 'userAccountControl'], signal)
  if (!now.ok) return unread(name, now.problem)
  if (now.value === null) return { name, state: 'failed', text: `${change.dn} is not there any more.` }
  const drift = findDrift(change, now.value)
  return drift.length === 0
    ? { name, state: 'passed', text: 'The account is as it was when this was planned.' }
    : { name, state: 'failed', text: driftOf(change, drift).message }
}

function unread(name: LiveCheck['name'], problem: Problem): LiveCheck {
  return { name, state: 'notChecked', text: `Not checked: ${problem.message}` }
}

function valueOf(change: Change, attribute: string): string | null {
  const value = change.attributes.find(({ name }) => name === attribute)?.after[0]
  return value === undefined ? null : String(value)
}
