import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDirectoryReader } from '../../src/main/connectors/ad/directoryReader.ts'
import { createDirectoryWriter } from '../../src/main/connectors/ad/directoryWriter.ts'
import type { DirectoryConnection } from '../../src/main/connectors/ad/directoryConnection.ts'
import type { DirectoryReader } from '../../src/main/connectors/connector.ts'
import { importAccounts, type ImportRequest } from '../../src/main/runs/importStep.ts'
import { parseDn } from '../../src/shared/domain/dn.ts'
import type { Dn } from '../../src/shared/domain/ids.ts'
import { makeAuthority } from '../fixtures/certificates.ts'
import { startLabDirectory, type LabDirectory } from '../fixtures/labDirectory.ts'
import { openTestWorkspace, type TestWorkspace } from './testWorkspace.ts'

/** Two controllers of one domain, each with a state of its own, as they are before they have replicated. */
let first: LabDirectory
let second: LabDirectory
let workspace: TestWorkspace
let reader: DirectoryReader
let isFirstStopped: boolean
const signal = new AbortController().signal

beforeEach(async () => {
  const authority = await makeAuthority()
  first = await startLabDirectory(authority)
  second = await startLabDirectory(authority)
  isFirstStopped = false
  workspace = await openTestWorkspace()
  reader = createDirectoryReader(connection())
})
afterEach(async () => {
  await reader.close()
  await Promise.all([isFirstStopped ? null : first.stop(), second.stop(), workspace.close()])
})

describe('two controllers in order', () => {
  it('an import that lost its controller goes to the next one and reads everything, because deltas belong to one controller', async () => {
    expect(await importFrom('everything')).toBe('fullImport succeeded')
    expect(await importFrom('changes')).toBe('deltaImport succeeded')
    await addAccount('before', second)
    await stopFirst()
    expect(await importFrom('changes')).toBe('fullImport succeeded')
    expect(await history()).toEqual(['fullImport succeeded', 'deltaImport succeeded', 'deltaImport stopped deltaExpired', 'fullImport succeeded'])
    expect(await commonNames()).toEqual(['before'])

    await addAccount('after', second)
    expect(await importFrom('changes')).toBe('deltaImport succeeded')
    expect(await commonNames()).toEqual(['after', 'before'])
  })

  it('an export that lost its controller writes nothing to the next one', async () => {
    const writer = createDirectoryWriter(connection())
    expect((await writer.addDisabledUser(accountDn('here'), { sAMAccountName: ['here'] }, signal)).ok).toBe(true)
    await stopFirst()
    expect(await writer.addDisabledUser(accountDn('there'), { sAMAccountName: ['there'] }, signal)).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
    await writer.close()
    expect(await importFrom('everything')).toBe('fullImport succeeded')
    expect(await commonNames()).toEqual([])
  })
})

const request: Omit<ImportRequest, 'extent'> = { profile: 'ad', attributes: ['displayName'], scope: ['guests'], smallerSource: { kind: 'refused', percent: 10 } }

async function importFrom(extent: ImportRequest['extent']): Promise<string> {
  const { step, status, problem } = await importAccounts(workspace.context(), reader, { ...request, extent })
  return `${step} ${status}${problem === null ? '' : ` ${problem.message}`}`
}

async function history(): Promise<readonly string[]> {
  return (await workspace.store.runs(10)).map(({ step, status, problem }) => [step, status, ...(problem === null ? [] : [problem.kind])].join(' ')).toReversed()
}

async function commonNames(): Promise<readonly string[]> {
  return (await workspace.store.connectorBatch('ad', null, 100)).map(({ object }) => String(object.attributes['cn']?.[0])).toSorted()
}

async function stopFirst(): Promise<void> {
  isFirstStopped = true
  await first.stop()
}

async function addAccount(name: string, { ip, ldapsPort }: LabDirectory): Promise<void> {
  const writer = createDirectoryWriter({ ...connection(), servers: [{ host: ip, port: ldapsPort }] })
  const added = await writer.addDisabledUser(accountDn(name), { sAMAccountName: [name] }, signal)
  await writer.close()
  if (!added.ok) throw new Error(added.problem.message)
}

function connection(): DirectoryConnection {
  const { account, password } = first.delta
  const servers = [first, second].map(({ ip, ldapsPort }) => ({ host: ip, port: ldapsPort }))
  return { servers, security: 'ldaps', caPem: first.caPem, account, password, managedOus: [dnOf(first.guestOu)] }
}

function accountDn(name: string): Dn {
  return dnOf(`CN=${name},${first.guestOu}`)
}

function dnOf(text: string): Dn {
  const dn = parseDn(text)
  if (!dn.ok) throw new Error(`${text} is no DN`)
  return dn.value
}
