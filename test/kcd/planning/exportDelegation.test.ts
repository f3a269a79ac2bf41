import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DelegationWriter } from '../../../src/main/connectors/delegationPorts.ts'
import { exportDelegation } from '../../../src/main/kcd/planning/exportDelegation.ts'
import { makeDelegationPlan } from '../../../src/main/kcd/planning/makeDelegationPlan.ts'
import { planDelegationUndo } from '../../../src/main/kcd/planning/undoDelegation.ts'
import { readDriftVersions } from '../../../src/shared/domain/driftVersions.ts'
import { fail, succeed } from '../../../src/shared/domain/result.ts'
import { addServers, host, type Servers } from '../../contract/delegationServers.ts'
import { asAdministrator, calm, valueOf, type DirectoryUnderTest } from '../../contract/directoryUnderTest.ts'
import { startLabDirectory, type LabDirectory } from '../../fixtures/labDirectory.ts'
import { ldapSearch } from '../../fixtures/ldapSearch.ts'
import { requireGroup } from '../../fixtures/systemPackages.ts'
import { contextOf, noon, openStore, openTarget, planOver, temporaryFolder, workspaceId } from './delegationWorkspace.ts'

// Real LDAP on loopback, and OpenLDAP's client as the witness of what was written.
const tools = requireGroup('directory')
const anyProtocol = 0x1000000

describe.skipIf(!tools.available)(`an export of delegation${tools.available ? '' : ` (skipped: ${tools.reason})`}`, () => {
  let lab: LabDirectory
  let directory: DirectoryUnderTest
  let caFile: string
  let worlds = 0

  beforeAll(async () => {
    lab = await startLabDirectory()
    directory = { ...lab, host: lab.ip, kind: 'windows', controllerName: lab.host }
  })
  afterAll(() => lab.stop())

  async function world() {
    worlds += 1
    const folder = await temporaryFolder()
    caFile = join(folder, 'ca.pem')
    await writeFile(caFile, lab.caPem)
    const servers = await addServers(directory, `p${worlds}`)
    const { connector, pool } = servers
    const spn = `HTTP/${host(`erp-p${worlds}`)}`
    const plan = planOver([connector, pool], [
      { kind: 'useAnyProtocol', account: connector.anchor }, { kind: 'disallowService', account: connector.anchor, spn: connector.allowedToDelegateTo[1] ?? '' },
      { kind: 'allowService', account: connector.anchor, spn: pool.servicePrincipalNames[0] ?? '' }, { kind: 'registerService', account: pool.anchor, spn },
      { kind: 'allowAes', account: pool.anchor }, { kind: 'trustConnectors', service: pool.anchor, connectors: [connector.sid] },
    ])
    return { folder, servers, plan, spn, store: await openStore(folder) }
  }

  /** As OpenLDAP sees the account; descriptors are not text there. */
  async function witness(servers: Servers, who: keyof Servers, attribute: string): Promise<readonly string[]> {
    const source = { url: `ldaps://${lab.ip}:${lab.ldapsPort}`, caFile, ...lab.administrator }
    const [entry] = await ldapSearch(source, servers[who].dn, '(objectClass=*)', [attribute])
    return [...(entry?.attributes[attribute] ?? [])].sort()
  }

  test('writes every change in the order of the plan, reads it back, and ldapsearch sees it', async () => {
    const { servers, plan, spn, store } = await world()
    const { run, results } = await exportDelegation(contextOf(store), plan, await openTarget(directory))
    expect(results.map(({ change, outcome }) => [change.attribute, outcome])).toEqual([
      ['servicePrincipalName', 'written'], ['msDS-SupportedEncryptionTypes', 'written'], ['userAccountControl', 'written'],
      ['msDS-AllowedToActOnBehalfOfOtherIdentity', 'written'], ['msDS-AllowedToDelegateTo', 'written'],
    ])
    expect(run).toMatchObject({ step: 'delegationExport', status: 'succeeded', connector: 'ad', counters: { exportUpdates: 5, exportConfirmed: 5 } })
    expect(await witness(servers, 'connector', 'msDS-AllowedToDelegateTo')).toEqual([servers.connector.allowedToDelegateTo[0]])
    expect(await witness(servers, 'connector', 'userAccountControl')).toEqual([String(servers.connector.userAccountControl | anyProtocol)])
    expect(await witness(servers, 'pool', 'servicePrincipalName')).toEqual([spn, ...servers.pool.servicePrincipalNames].sort())
    expect(await witness(servers, 'pool', 'msDS-SupportedEncryptionTypes')).toEqual(['28'])
    expect((await witness(servers, 'pool', 'msDS-AllowedToActOnBehalfOfOtherIdentity'))).toHaveLength(1)
    const entries = await store.delegationJournalOfRun(run.id)
    expect(entries.map(({ outcome, controller, boundAs, planHash }) => [outcome?.kind, controller, boundAs.includes('svc-delegation'), planHash])).toEqual(entries.map(() => ['done', directory.controllerName, true, plan.hash]))
  })

  test('takes back what it wrote, value by value, and the directory is as before', async () => {
    const { servers, plan, store } = await world()
    const target = await openTarget(directory)
    const { run } = await exportDelegation(contextOf(store), plan, target)
    const undo = valueOf(await planDelegationUndo(store, { run: run.id, workspace: workspaceId, now: noon, openWriter: () => Promise.resolve(succeed(target.writer)), signal: calm }))
    expect(undo.impossible).toEqual([])
    expect(undo.plan.header).toMatchObject({ purpose: { kind: 'undo', run: run.id }, domainSid: target.domainSid })
    const undone = await exportDelegation(contextOf(store), undo.plan, target)
    expect(undone.run.status).toBe('succeeded')
    expect(await witness(servers, 'connector', 'msDS-AllowedToDelegateTo')).toEqual([...servers.connector.allowedToDelegateTo].sort())
    expect(await witness(servers, 'connector', 'userAccountControl')).toEqual([String(servers.connector.userAccountControl)])
    expect(await witness(servers, 'pool', 'servicePrincipalName')).toEqual([...servers.pool.servicePrincipalNames].sort())
    expect(await witness(servers, 'pool', 'msDS-SupportedEncryptionTypes')).toEqual([])
    expect(await witness(servers, 'pool', 'msDS-AllowedToActOnBehalfOfOtherIdentity')).toEqual([])
  })

  test('refuses one change for drift, shows both versions, and writes the others', async () => {
    const { servers, plan, store } = await world()
    await asAdministrator(directory, async (client) => {
      const { Attribute, Change } = await import('ldapts')
      await client.modify(servers.connector.dn, new Change({ operation: 'add', modification: new Attribute({ type: 'msDS-AllowedToDelegateTo', values: ['HTTP/theirs.contoso.test'] }) }))
    })
    const { run, results } = await exportDelegation(contextOf(store), plan, await openTarget(directory))
    expect(results.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'written', 'written', 'drift'])
    expect(run).toMatchObject({ status: 'completedWithDrift', counters: { exportUpdates: 4, exportConfirmed: 4, exportDrift: 1 } })
    const problem = results.at(-1)?.problem
    expect(readDriftVersions(problem?.detail ?? {})).toEqual([{ name: 'msDS-AllowedToDelegateTo', planned: servers.connector.allowedToDelegateTo.join(' | '), found: expect.stringContaining('HTTP/theirs.contoso.test') }])
    expect(await witness(servers, 'connector', 'msDS-AllowedToDelegateTo')).toEqual([...servers.connector.allowedToDelegateTo, 'HTTP/theirs.contoso.test'].sort())
    expect(await store.runProblems(run.id, 10)).toMatchObject([{ kind: 'drift', object: servers.connector.anchor }])
  })

  test('leaves the list as it is where the bit before it was not written: a list without the bit ends all delegation', async () => {
    const { servers, plan, store } = await world()
    await asAdministrator(directory, async (client) => {
      const { Attribute, Change } = await import('ldapts')
      const values = [String(servers.connector.userAccountControl | 2)]
      await client.modify(servers.connector.dn, new Change({ operation: 'replace', modification: new Attribute({ type: 'userAccountControl', values }) }))
    })
    const { run, results } = await exportDelegation(contextOf(store), plan, await openTarget(directory))
    expect(results.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'drift', 'written', 'notReached'])
    expect(results.at(-1)?.problem?.message).toContain('userAccountControl comes first')
    expect(run.status).toBe('completedWithDrift')
    expect(await witness(servers, 'connector', 'msDS-AllowedToDelegateTo')).toEqual([...servers.connector.allowedToDelegateTo].sort())
  })

  test('writes nothing to another account than the one whose name was read and approved', async () => {
    const { servers, plan, store } = await world()
    const { dn } = servers.web
    const misleading = makeDelegationPlan(plan.header, plan.lines.map(({ change }) => (change.anchor === servers.pool.anchor ? { ...change, dn } : change)))
    const { results } = await exportDelegation(contextOf(store), misleading, await openTarget(directory))
    expect(results.map(({ change, outcome }) => [change.anchor === servers.pool.anchor, outcome])).toEqual([[true, 'drift'], [true, 'drift'], [false, 'written'], [true, 'drift'], [false, 'written']])
    expect(results[0]?.problem?.message).toContain(servers.pool.dn)
    expect(await witness(servers, 'pool', 'servicePrincipalName')).toEqual([...servers.pool.servicePrincipalNames].sort())
  })

  test('refuses for drift what somebody changes between our reading and our writing', async () => {
    const { servers, plan, store } = await world()
    const between = (writer: DelegationWriter): Partial<DelegationWriter> => ({
      writeValues: async (anchor, attribute, before, after, signal) => {
        if (attribute === 'msDS-AllowedToDelegateTo') valueOf(await writer.writeValues(anchor, attribute, before, ['HTTP/theirs.contoso.test'], signal))
        return writer.writeValues(anchor, attribute, before, after, signal)
      },
    })
    const { results } = await exportDelegation(contextOf(store), plan, await openTarget(directory, 'delegation', between))
    expect(results.at(-1)).toMatchObject({ outcome: 'drift', problem: { kind: 'drift' } })
    expect(await witness(servers, 'connector', 'msDS-AllowedToDelegateTo')).toEqual(['HTTP/theirs.contoso.test'])
  })

  test('without the privilege lists and bits are refused in words, trust and the rest are written, and the refusal is remembered', async () => {
    const { servers, plan, store } = await world()
    const target = await openTarget(directory, 'unprivileged')
    const { run, results } = await exportDelegation(contextOf(store), plan, target)
    expect(results.map(({ change, outcome }) => [change.needsPrivilege, outcome])).toEqual([[false, 'written'], [false, 'written'], [true, 'refused'], [false, 'written'], [true, 'refused']])
    expect(run).toMatchObject({ status: 'completedWithErrors', counters: { exportErrors: 2, exportUpdates: 3 } })
    for (const { problem } of results.filter(({ outcome }) => outcome === 'refused')) expect(problem).toMatchObject({ kind: 'delegationPrivilegeMissing', remedy: expect.stringMatching(/Resource-based/i) })
    expect(await store.lastPrivilegedDelegation(target.domainSid)).toMatchObject({ run: run.id, outcome: { kind: 'refused' } })
    expect(await witness(servers, 'connector', 'userAccountControl')).toEqual([String(servers.connector.userAccountControl)])
  })

  test('without any right the remedy names the script for those who have it', async () => {
    const { plan, store } = await world()
    const { results } = await exportDelegation(contextOf(store), plan, await openTarget(directory, 'sync'))
    expect(results.map(({ change, outcome }) => [change.attribute, outcome])).toEqual([
      ['servicePrincipalName', 'refused'], ['msDS-SupportedEncryptionTypes', 'refused'], ['userAccountControl', 'refused'], ['msDS-AllowedToActOnBehalfOfOtherIdentity', 'refused'],
      ['msDS-AllowedToDelegateTo', 'notReached'],
    ])
    expect(results[0]?.problem).toMatchObject({ kind: 'notPermitted', remedy: expect.stringContaining(`kcd script ${plan.hash}`) })
  })

  test('a value that the controller does not show afterwards is not confirmed', async () => {
    const { servers, plan, store } = await world()
    const undoing = (writer: DelegationWriter): Partial<DelegationWriter> => ({
      writeValues: async (anchor, attribute, before, after, signal) => {
        const written = await writer.writeValues(anchor, attribute, before, after, signal)
        if (attribute === 'userAccountControl') valueOf(await writer.writeValues(anchor, attribute, after, before, signal))
        return written
      },
    })
    const { run, results } = await exportDelegation(contextOf(store), plan, await openTarget(directory, 'delegation', undoing))
    expect(results.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'notConfirmed', 'written', 'notReached'])
    expect(run).toMatchObject({ status: 'completedWithErrors', counters: { exportConfirmed: 3, exportNotConfirmed: 1 } })
    expect(await witness(servers, 'connector', 'userAccountControl')).toEqual([String(servers.connector.userAccountControl)])
  })

  test('a connection that is lost after a write leaves that write open; the next export looks, and does nothing twice', async () => {
    const { servers, plan, store } = await world()
    const lost = (writer: DelegationWriter): Partial<DelegationWriter> => ({
      writeValues: async (anchor, attribute, before, after, signal) => {
        valueOf(await writer.writeValues(anchor, attribute, before, after, signal))
        return attribute === 'userAccountControl' ? fail({ kind: 'unreachable', message: 'The connection was closed.', remedy: 'Look at the network.' }) : succeed(null)
      },
    })
    const first = await exportDelegation(contextOf(store), plan, await openTarget(directory, 'delegation', lost))
    expect(first.results.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'open', 'notReached', 'notReached'])
    expect(first.run).toMatchObject({ status: 'failed', problem: { kind: 'unreachable' } })
    const second = await exportDelegation(contextOf(store), plan, await openTarget(directory))
    expect(second.results.map(({ outcome }) => outcome)).toEqual(['alreadyWritten', 'alreadyWritten', 'alreadyWritten', 'written', 'written'])
    expect((await store.delegationJournalOfRun(first.run.id)).map(({ outcome }) => outcome?.kind)).toEqual(['done', 'done', 'foundDone'])
    expect(await witness(servers, 'connector', 'userAccountControl')).toEqual([String(servers.connector.userAccountControl | anyProtocol)])
  })

  test('a write that never arrived is found not done, and done by the next export', async () => {
    const { servers, plan, store } = await world()
    const deaf = (writer: DelegationWriter): Partial<DelegationWriter> => ({
      writeValues: (anchor, attribute, before, after, signal) => attribute === 'userAccountControl'
        ? Promise.resolve(fail({ kind: 'timedOut', message: 'No answer.', remedy: 'Try again.' }))
        : writer.writeValues(anchor, attribute, before, after, signal),
    })
    const first = await exportDelegation(contextOf(store), plan, await openTarget(directory, 'delegation', deaf))
    const second = await exportDelegation(contextOf(store), plan, await openTarget(directory))
    expect(second.results.map(({ outcome }) => outcome)).toEqual(['alreadyWritten', 'alreadyWritten', 'written', 'written', 'written'])
    expect((await store.delegationJournalOfRun(first.run.id)).at(-1)?.outcome?.kind).toBe('foundNotDone')
    expect(await witness(servers, 'connector', 'userAccountControl')).toEqual([String(servers.connector.userAccountControl | anyProtocol)])
  })

  test('a process that is killed behind a write is continued from the journal and the directory', async () => {
    const { folder, servers, plan, store } = await world()
    await store.close()
    const request = { folder, plan, killAt: 'userAccountControl', connection: { host: directory.host, port: directory.ldapsPort, caPem: directory.caPem, ...directory.delegation } }
    const child = spawn(process.execPath, [fileURLToPath(new URL('killedExport.ts', import.meta.url))], { stdio: ['pipe', 'inherit', 'inherit'] })
    child.stdin.end(JSON.stringify(request))
    const [code, signal] = await once(child, 'exit') as [number | null, string | null]
    expect([code, signal]).toEqual([null, 'SIGKILL'])
    expect(await witness(servers, 'connector', 'userAccountControl')).toEqual([String(servers.connector.userAccountControl | anyProtocol)])

    const again = await openStore(folder)
    const [interrupted] = await again.recover(noon)
    expect(interrupted).toMatchObject({ step: 'delegationExport', status: 'interrupted' })
    const target = await openTarget(directory)
    const undo = valueOf(await planDelegationUndo(again, { run: interrupted?.id ?? 0, workspace: workspaceId, now: noon, openWriter: () => Promise.resolve(succeed(target.writer)), signal: calm }))
    expect(undo.plan.lines.map(({ change }) => change.attribute), 'an undo knows of the write that has no outcome').toContain('userAccountControl')
    const { run, results } = await exportDelegation(contextOf(again), plan, target)
    expect(results.map(({ outcome }) => outcome)).toEqual(['alreadyWritten', 'alreadyWritten', 'alreadyWritten', 'written', 'written'])
    expect(run.status).toBe('succeeded')
    expect((await again.delegationJournalOfRun(interrupted?.id ?? 0)).map(({ outcome }) => outcome?.kind)).toEqual(['done', 'done', 'foundDone'])
    expect(await again.delegationChangesSince('2026-03-01T00:00:00Z')).toBe(5)
  })

  test('a cancelled export stops before the next change, and says how to go on', async () => {
    const { plan, store } = await world()
    const cancel = new AbortController()
    const target = await openTarget(directory, 'delegation', (writer) => ({
      writeValues: async (...values) => {
        const written = await writer.writeValues(...values)
        cancel.abort()
        return written
      },
    }))
    const { run, results } = await exportDelegation(contextOf(store, cancel.signal), plan, target)
    expect(results.map(({ outcome }) => outcome)).toEqual(['written', 'notReached', 'notReached', 'notReached', 'notReached'])
    expect(run).toMatchObject({ status: 'stopped', problem: { kind: 'cancelled' }, counters: { exportConfirmed: 1 } })
  })

  test('an undo of a run that wrote nothing, that is another step, or that is none is told', async () => {
    const { plan, store } = await world()
    const { run } = await exportDelegation(contextOf(store), plan, await openTarget(directory, 'sync'))
    const imported = await store.beginRun({ profile: 'import', step: 'fullImport', connector: 'ad', startedAt: noon })
    const undo = (number: number) => planDelegationUndo(store, { run: number, workspace: workspaceId, now: noon, openWriter: () => Promise.reject(new Error('Nothing is to be read')), signal: calm })
    expect(await undo(run.id)).toMatchObject({ ok: false, problem: { message: expect.stringContaining('wrote nothing') } })
    expect(await undo(imported)).toMatchObject({ ok: false, problem: { message: expect.stringContaining('changed no delegation') } })
    expect(await undo(999)).toMatchObject({ ok: false, problem: { kind: 'notFoundInWorkspace' } })
  })
})
