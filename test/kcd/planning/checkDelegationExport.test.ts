import { describe, expect, test } from 'vitest'
import { checkDelegationExport, type DelegationConditions } from '../../../src/main/kcd/planning/checkDelegationExport.ts'
import type { StoreWriter } from '../../../src/main/store/store.ts'
import { parseSid } from '../../../src/shared/domain/ids.ts'
import { valueOf } from '../../contract/directoryUnderTest.ts'
import { allowedService, delegationEntryOf } from '../../store/delegationRows.ts'
import { account, domainSid, guid } from '../rules/planning/world.ts'
import { noon, openStore, planOver, temporaryFolder, workspaceId } from './delegationWorkspace.ts'

const accounts = [account(1, 'C1$'), account(2, 'C2$')]
const plan = planOver(accounts, accounts.map(({ anchor }) => ({ kind: 'useAnyProtocol', account: anchor })))
const conditions: DelegationConditions = { approvedHash: plan.hash, workspace: workspaceId, domainSid, limit: 20, lift: null, now: noon }
const open = async () => openStore(await temporaryFolder())

async function write(store: StoreWriter, count: number, at: string, values: Parameters<typeof delegationEntryOf>[2] = {}): Promise<void> {
  const run = await store.beginRun({ profile: 'delegation', step: 'delegationExport', connector: 'ad', startedAt: at })
  for (let number = 0; number < count; number += 1) {
    const id = await store.delegationJournalBefore(delegationEntryOf(run, allowedService(number % 9), { changeHash: `${at} ${number}`, ...values }))
    await store.delegationJournalAfter(id, { kind: 'done', at })
  }
}

describe('refused before the first write', () => {
  test.each<[string, Partial<DelegationConditions>, string]>([
    ['another hash than the approved one', { approvedHash: 'f'.repeat(64) }, 'approvalMismatch'],
    ['a beginning of the hash', { approvedHash: plan.hash.slice(0, 12) }, 'approvalMismatch'],
    ['a plan of another workspace', { workspace: '11111111-1111-4111-8111-111111111111' }, 'planForeign'],
    ['a plan of another domain', { domainSid: other() }, 'planForeign'],
  ])('is %s', async (_, changed, kind) => {
    expect(await checkDelegationExport(await open(), plan, { ...conditions, ...changed })).toMatchObject({ ok: false, problem: { kind } })
  })

  test('the approved hash may be spelled in capitals', async () => {
    expect(valueOf(await checkDelegationExport(await open(), plan, { ...conditions, approvedHash: plan.hash.toUpperCase() }))).toEqual({ kind: 'cleared', lifted: null })
  })
})

describe('the limit', () => {
  test.each<[number, 'cleared' | 'blocked']>([[2, 'cleared'], [1, 'blocked'], [0, 'blocked']])('of %i: a plan of two changes is %s', async (limit, kind) => {
    expect(valueOf(await checkDelegationExport(await open(), plan, { ...conditions, limit })).kind).toBe(kind)
  })

  test('counts the plan and the last 24 hours together', async () => {
    const store = await open()
    await write(store, 3, '2026-02-28T12:00:00.001Z')
    await write(store, 5, '2026-02-28T11:59:59.999Z')
    expect(valueOf(await checkDelegationExport(store, plan, { ...conditions, limit: 5 }))).toEqual({ kind: 'cleared', lifted: null })
    expect(valueOf(await checkDelegationExport(store, plan, { ...conditions, limit: 4 }))).toEqual({ kind: 'blocked', threshold: { kind: 'delegation', planned: 2, recent: 3, limit: 4, isExceeded: true } })
  })

  test('does not count twice what a former export of the same plan has written', async () => {
    const store = await open()
    await write(store, 1, '2026-03-01T11:00:00.000Z', { planHash: plan.hash, changeHash: plan.lines[0]?.hash ?? '' })
    expect(valueOf(await checkDelegationExport(store, plan, { ...conditions, limit: 2 }))).toEqual({ kind: 'cleared', lifted: null })
  })

  test('is lifted by the approver, and the note is kept', async () => {
    expect(valueOf(await checkDelegationExport(await open(), plan, { ...conditions, limit: 1, lift: 'a new proxy' }))).toMatchObject({ kind: 'cleared', lifted: { note: 'a new proxy', planned: 2, limit: 1 } })
  })
})

test('the hash is of the header and of every change', () => {
  const hashes = [plan, planOver(accounts, [{ kind: 'useAnyProtocol', account: guid(1) }]), planOver(accounts.toReversed(), accounts.map(({ anchor }) => ({ kind: 'useAnyProtocol', account: anchor })))].map(({ hash }) => hash)
  expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(hashes[1]).not.toBe(hashes[0])
  expect(hashes[2]).toBe(hashes[0])
})

function other() {
  const parsed = parseSid('S-1-5-21-9-9-9')
  if (!parsed.ok) throw new Error('No SID')
  return parsed.value
}
