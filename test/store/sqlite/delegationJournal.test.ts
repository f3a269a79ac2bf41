import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import type { DelegationOutcome } from '../../../src/main/store/delegationJournal.ts'
import { storeFile } from '../../../src/main/store/sqlite/openStore.ts'
import { allowedService, delegationEntryOf, domainSid, sid } from '../delegationRows.ts'
import { morning } from '../rows.ts'
import { beginRun, openWriter, temporaryWorkspace } from '../worlds.ts'

const done = (at = morning): DelegationOutcome => ({ kind: 'done', at })
const refused: DelegationOutcome = { kind: 'refused', at: morning, problem: { kind: 'delegationPrivilegeMissing', message: 'No', remedy: 'A policy' } }

async function openJournal() {
  const store = await openWriter()
  const run = await beginRun(store, 'delegationExport')
  const write = async (number: number, outcome: DelegationOutcome, values: Parameters<typeof delegationEntryOf>[2] = {}) =>
    store.delegationJournalAfter(await store.delegationJournalBefore(delegationEntryOf(run, allowedService(number), values)), outcome)
  return { store, run, write }
}

describe('the journal of delegation', () => {
  test('shows what was begun and not finished in one domain, oldest first, with everything that it said', async () => {
    const { store, run } = await openJournal()
    const entry = delegationEntryOf(run, allowedService(1))
    const first = await store.delegationJournalBefore(entry)
    const second = await store.delegationJournalBefore(delegationEntryOf(run, allowedService(2)))
    await store.delegationJournalBefore(delegationEntryOf(run, allowedService(3), { domainSid: sid('S-1-5-21-1-2-3') }))
    expect(await store.openDelegationEntries(domainSid)).toEqual([{ ...entry, id: first, outcome: null }, expect.objectContaining({ id: second })])
    await store.delegationJournalAfter(first, refused)
    expect((await store.openDelegationEntries(domainSid)).map(({ id }) => id)).toEqual([second])
    expect((await store.delegationJournalOfRun(run)).map(({ outcome }) => outcome)).toEqual([refused, null, null])
  })

  test('takes an outcome once, and no statement rewrites an entry', async () => {
    const folder = temporaryWorkspace()
    const store = await openWriter(folder)
    const id = await store.delegationJournalBefore(delegationEntryOf(await beginRun(store, 'delegationExport'), allowedService(1)))
    await store.delegationJournalAfter(id, done())
    await expect(store.delegationJournalAfter(id, refused)).rejects.toMatchObject({ problem: { kind: 'internal' } })
    await expect(store.delegationJournalAfter(id + 1, done())).rejects.toMatchObject({ problem: { kind: 'internal' } })
    const database = new DatabaseSync(storeFile(folder))
    expect(() => database.exec(`UPDATE delegation_entry SET controller = 'other'`)).toThrow(/written once/)
    database.close()
  })

  test('counts for the threshold what was written since the instant, what was found done after a crash included, each change once', async () => {
    const { store, write } = await openJournal()
    await write(1, done('2026-03-01T10:00:00.000Z'))
    await write(1, { kind: 'foundDone', at: '2026-03-01T10:00:01.000Z' })
    await write(2, refused)
    await write(3, done('2026-03-01T09:59:59.999Z'))
    await write(4, { kind: 'foundNotDone', at: '2026-03-01T11:00:00.000Z' })
    expect(await store.delegationChangesSince('2026-03-01T10:00:00Z')).toBe(1)
    expect(await store.delegationChangesSince('2026-03-01T09:00:00Z')).toBe(2)
    await expect(store.delegationChangesSince('yesterday')).rejects.toMatchObject({ problem: { kind: 'internal' } })
  })

  test('knows what a plan has written already, and no refusals', async () => {
    const { store, write } = await openJournal()
    await write(1, done())
    await write(2, refused)
    await write(3, done(), { planHash: 'another' })
    expect(await store.delegationWrittenByPlan('plan')).toEqual(new Set([delegationEntryOf(1, allowedService(1)).changeHash]))
  })

  test('remembers how the last write ended that needed the privilege', async () => {
    const { store, run, write } = await openJournal()
    expect(await store.lastPrivilegedDelegation(domainSid)).toBeNull()
    await write(1, refused)
    const trust = { ...allowedService(2), attribute: 'msDS-AllowedToActOnBehalfOfOtherIdentity' as const, needsPrivilege: false }
    await store.delegationJournalAfter(await store.delegationJournalBefore(delegationEntryOf(run, trust)), done())
    expect(await store.lastPrivilegedDelegation(domainSid)).toMatchObject({ run, outcome: { kind: 'refused' } })
    expect(await store.lastPrivilegedDelegation(sid('S-1-5-21-1-2-3'))).toBeNull()
  })

  test('expires with its run, unless an entry waits for its outcome', async () => {
    const store = await openWriter()
    const write = async (number: number) => {
      const run = await beginRun(store, 'delegationExport')
      const id = await store.delegationJournalBefore(delegationEntryOf(run, allowedService(number), { planHash: `plan ${number}` }))
      await store.endRun(run, { status: 'failed', endedAt: morning, counters: {}, problem: null })
      return { run, id }
    }
    const [open, ended] = [await write(1), await write(2)]
    await store.delegationJournalAfter(ended.id, done())
    await store.expire('2027-01-01T00:00:00Z')
    expect((await store.runs(10)).map(({ id }) => id)).toEqual([open.run])
    expect(await store.delegationJournalOfRun(ended.run)).toEqual([])
    expect(await store.delegationJournalOfRun(open.run)).toHaveLength(1)
  })
})
