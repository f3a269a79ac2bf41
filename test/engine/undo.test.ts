import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/shared/domain/change.ts'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import type { DeletedAccount } from '../../src/shared/domain/lifecycle.ts'
import { isDisabled, readControl } from '../../src/main/engine/accountControl.ts'
import { planUndo, type UndoInput } from '../../src/main/engine/undo.ts'
import { anchorOfNew, writeAccounts } from './applyChanges.ts'
import { synchronizeWorld } from './synchronizeWorld.ts'
import { account, dnOf, guest, guestOu, guidOf, personIdOf, shadowAccount, testSettings, world, type World } from './world.ts'

const settings = testSettings({ leavers: { action: 'disableAndMove', ou: dnOf('OU=Left,DC=contoso,DC=local'), deleteAfterDays: 30 } })
const byAnchor = (accounts: readonly ConnectorObject[]) => accounts.toSorted((left, right) => (left.anchor < right.anchor ? -1 : 1))
const remains = ({ anchor }: ConnectorObject): DeletedAccount => ({ anchor, lastKnownParent: guestOu, accountName: null, isRecycled: false })

/** The undo plan of changes that were written to `accounts`, which are as they are now. */
function undo(changes: readonly Change[], accounts: readonly ConnectorObject[], parts: Partial<UndoInput> = {}): ReturnType<typeof planUndo> {
  const written = changes.map((change) => ({ change, anchor: change.anchor ?? anchorOfNew(change) }))
  return planUndo({ settings, run: 7, changes: written, current: new Map(accounts.map((one) => [one.anchor, one])), deleted: new Map(), deleteCreated: false, ...parts })
}

/** The first change that a synchronisation plans, and the accounts after it was written. */
function written(given: World): { readonly change: Change; readonly accounts: readonly ConnectorObject[] } {
  const [change] = synchronizeWorld({ ...given, settings }).changes
  if (change === undefined) throw new Error('Nothing was planned')
  return { change, accounts: writeAccounts(given.accounts, [change]) }
}

const persons = synchronizeWorld(world({ guests: [guest('anna')], accounts: [shadowAccount('anna')] })).persons
const updated = world({ guests: [guest('anna')], accounts: [shadowAccount('anna', { sn: 'old', mail: null })] })
const gone = world({ accounts: [shadowAccount('anna')], persons, lifecycle: { [personIdOf('anna')]: { absence: { kind: 'gone' } } } })
const adopted = world({ guests: [guest('anna')], accounts: [account('found', { userPrincipalName: 'ANNA_fabrikam.com#EXT#@contoso.onmicrosoft.com' })] })

describe('undoing what a run wrote (sync-semantics 15)', () => {
  it.each<[string, World, string]>([['an update', updated, 'update'], ['a disable that moved', gone, 'enable'], ['an adoption', adopted, 'update']])('writes the former values of %s back', (_, given, kind) => {
    const { change, accounts } = written(given)
    const plan = undo([change], accounts)
    expect(plan).toMatchObject({ impossible: [], changes: [{ kind, anchor: change.anchor, reason: { kind: 'undone', run: 7, of: change.kind } }] })
    expect(writeAccounts(accounts, plan.changes)).toEqual(given.accounts)
  })

  it('is bound to what was written', () => {
    const { change, accounts } = written(updated)
    expect(undo([change], accounts).changes[0]).toMatchObject({ precondition: { values: { mail: ['anna@fabrikam.com'], sn: ['anna'] } } })
  })

  it('is itself undone by the same function', () => {
    const { change, accounts } = written(gone)
    const first = undo([change], accounts)
    const after = writeAccounts(accounts, first.changes)
    expect(writeAccounts(after, undo(first.changes, after).changes)).toEqual(accounts)
  })

  it('disables what was created, and deletes it only where that was asked for', () => {
    const { change, accounts } = written(world({ guests: [guest('anna')] }))
    expect(undo([change], accounts)).toMatchObject({ impossible: [], changes: [{ kind: 'disable', anchor: guidOf('new-anna'), attributes: [{ before: [262656], after: [262658] }], reason: { of: 'create' }, undo: { kind: 'enablesAccount' } }] })
    const deleting = undo([change], accounts, { deleteCreated: true })
    expect(deleting.changes).toMatchObject([{ kind: 'delete', attributes: [], precondition: { userAccountControl: { mask: 0x3802, value: 0 } } }])
    expect(writeAccounts(accounts, deleting.changes)).toEqual([])
  })

  it('takes back single bits and keeps what else was set since', () => {
    const { change, accounts } = written(world({ ...gone, accounts: [shadowAccount('anna', { userAccountControl: 512 })] }))
    const since = accounts.map((one) => ({ ...one, attributes: { ...one.attributes, userAccountControl: [66050] } }))
    expect(undo([change], since).changes[0]?.attributes).toMatchObject([{ before: [66050], after: [66048] }])
  })

  it('restores what was deleted with the same objectGUID', () => {
    const { change, accounts } = written(world({ guests: [guest('anna')] }))
    const [deletion] = undo([change], accounts, { deleteCreated: true }).changes
    const [before] = accounts
    if (deletion === undefined || before === undefined) throw new Error('Nothing was deleted')
    const plan = undo([deletion], [], { deleted: new Map([[before.anchor, remains(before)]]) })
    expect(plan.changes).toMatchObject([{ kind: 'restore', anchor: before.anchor, newDn: before.dn }])
    expect(writeAccounts([], plan.changes, accounts)).toEqual(accounts)
  })

  const [deletion] = undo([written(world({ guests: [guest('anna')] })).change], written(world({ guests: [guest('anna')] })).accounts, { deleteCreated: true }).changes
  const update = written(updated)
  const changed = (change: (one: ConnectorObject) => ConnectorObject) => update.accounts.map(change)
  const impossibles: readonly [string, Change | undefined, readonly ConnectorObject[], Partial<UndoInput>, RegExp][] = [
    ['of which nothing is left', deletion, [], {}, /new SID/],
    ['that is recycled', deletion, [], { deleted: new Map([[guidOf('new-anna'), { ...remains(account('x')), anchor: guidOf('new-anna'), isRecycled: true }]]) }, /new SID/],
    ['without Recycle Bin', deletion, [], { settings: { ...settings, isRecycleBinOn: false }, deleted: new Map([[guidOf('new-anna'), remains(account('x'))]]) }, /Recycle Bin is off/],
    ['that is gone', update.change, [], {}, /not there any more/],
    ['that somebody else wrote since', update.change, changed((one) => ({ ...one, attributes: { ...one.attributes, sn: ['third'] } })), {}, /sn was changed by somebody else/],
    ['that was moved since', update.change, changed((one) => ({ ...one, dn: dnOf(`CN=x,OU=y,${guestOu}`) })), {}, /renamed or moved/],
    ['that is privileged now', update.change, changed((one) => ({ ...one, attributes: { ...one.attributes, adminCount: [1] } })), {}, /privilegedAccount/],
    ['that is as it was', update.change, updated.accounts, {}, /as it was before/],
  ]
  it.each(impossibles)('says why nothing can be done about an account %s', (_, change, accounts, parts, why) => {
    if (change === undefined) throw new Error('There is no change to undo')
    const plan = undo([change], accounts, parts)
    expect(plan.changes).toEqual([])
    expect(plan.impossible).toMatchObject([{ change, why: expect.stringMatching(why) }])
  })
})

describe('plan, export and undo of any world', () => {
  const label = fc.constantFrom('anna', 'bert', 'carl')
  const guests = fc.uniqueArray(fc.record({ label, surname: fc.constantFrom(null, 'One', 'Two'), accountEnabled: fc.boolean() }), { selector: (row) => row.label })
  const accounts = fc.uniqueArray(fc.record({ label, isOurs: fc.boolean(), sn: fc.constantFrom(null, 'One', 'Old'), control: fc.constantFrom(512, 262656, 262658, 66048) }), { selector: (row) => row.label })
  const anyWorld = fc.record({ guests, accounts }).map((rows) => world({
    settings, persons: synchronizeWorld(world({ guests: ['anna', 'bert', 'carl'].map((name) => guest(name)), accounts: rows.accounts.filter((row) => row.isOurs).map((row) => shadowAccount(row.label)) })).persons,
    guests: rows.guests.map((row) => guest(row.label, { surname: row.surname, accountEnabled: row.accountEnabled })),
    accounts: rows.accounts.map(({ label: name, isOurs, sn, control }) => (isOurs ? shadowAccount(name, { sn, userAccountControl: control }) : account(name, { sn, userAccountControl: control, userPrincipalName: `${name}_fabrikam.com#EXT#@contoso.onmicrosoft.com` }))),
    lifecycle: Object.fromEntries(['anna', 'bert', 'carl'].map((name) => [personIdOf(name), { absence: { kind: 'gone' } }])),
  }))

  it('gives the start, except that created accounts remain, disabled', () => {
    fc.assert(fc.property(anyWorld, (given) => {
      const { changes } = synchronizeWorld(given)
      const after = writeAccounts(given.accounts, changes)
      const plan = undo(changes, after)
      expect(plan.impossible).toEqual([])
      const back = writeAccounts(after, plan.changes)
      const created = new Set(changes.filter((change) => change.kind === 'create').map(anchorOfNew))
      expect(byAnchor(back.filter(({ anchor }) => !created.has(anchor)))).toEqual(byAnchor(given.accounts))
      expect(back.filter(({ anchor }) => created.has(anchor)).every((one) => isDisabled(readControl(one) ?? 0))).toBe(true)
    }))
  })

  it('gives the start exactly where what was created is deleted too', () => {
    fc.assert(fc.property(anyWorld, (given) => {
      const { changes } = synchronizeWorld(given)
      const after = writeAccounts(given.accounts, changes)
      expect(byAnchor(writeAccounts(after, undo(changes, after, { deleteCreated: true }).changes))).toEqual(byAnchor(given.accounts))
    }))
  })
})
