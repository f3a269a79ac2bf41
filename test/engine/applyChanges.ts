import type { Attributes } from '../../src/shared/domain/attributes.ts'
import type { AttributeChange, Change, ExistingChange } from '../../src/shared/domain/change.ts'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import { rdnOf } from '../../src/shared/domain/dn.ts'
import type { OwnDisable } from '../../src/shared/domain/lifecycle.ts'
import type { LifecycleInput } from '../../src/main/engine/contract.ts'
import { addInterval, parseDateTime, printDateTime } from '../../src/main/rules/dateTime.ts'
import type { Synchronized } from './synchronizeWorld.ts'
import { guidOf, labelOf, type World } from './world.ts'

/** The world after a perfect export and its confirming import: new accounts are linked as ours, own disables are recorded. */
export function applyChanges(world: World, { changes, persons }: Pick<Synchronized, 'changes' | 'persons'>): World {
  const created = changes.filter((change) => change.kind === 'create')
  const linkOfCreated = new Map(created.map((change) => [change.metaverseId, { connector: 'ad', anchor: anchorOfNew(change), origin: { kind: 'provisioned', rule: change.rule } } as const]))
  return {
    ...world,
    accounts: writeAccounts(world.accounts, changes),
    lifecycle: recordDisables(world, changes),
    persons: persons.map((person) => {
      const link = linkOfCreated.get(person.id)
      return link === undefined ? person : { ...person, links: [...person.links, link] }
    }),
  }
}

/** `deletedBefore` are accounts that a restore may bring back, as they were. */
export function writeAccounts(accounts: readonly ConnectorObject[], changes: readonly Change[], deletedBefore: readonly ConnectorObject[] = []): readonly ConnectorObject[] {
  const existing = changes.filter((change) => change.kind !== 'create')
  const byAnchor = new Map(existing.map((change) => [String(change.anchor), change]))
  const restored = deletedBefore.filter(({ anchor }) => byAnchor.get(anchor)?.kind === 'restore')
  const kept = [...accounts, ...restored].filter(({ anchor }) => byAnchor.get(anchor)?.kind !== 'delete')
  return [...kept.map((account) => applyToAccount(account, byAnchor.get(account.anchor))), ...changes.filter((change) => change.kind === 'create').map(newAccount)]
}

export function anchorOfNew(change: Change): string {
  return guidOf(`new-${labelOf(change.metaverseId.slice('entra:'.length))}`)
}

function applyToAccount(account: ConnectorObject, change: ExistingChange | undefined): ConnectorObject {
  if (change === undefined) return account
  return { ...account, dn: change.newDn ?? account.dn, attributes: withValues(account.attributes, change.attributes) }
}

function newAccount(change: Change): ConnectorObject {
  const attributes = withValues({ cn: [rdnOf(change.dn).value], objectSid: [`S-1-5-21-1-2-3-${change.metaverseId.length}`] }, change.attributes)
  return { connector: 'ad', anchor: anchorOfNew(change), objectType: 'user', dn: change.dn, attributes }
}

/** No directory shows a password. */
function withValues(attributes: Attributes, changes: readonly AttributeChange[]): Attributes {
  const values = new Map(Object.entries(attributes))
  for (const { name, after, isGenerated } of changes) {
    if (isGenerated !== true) values.set(name, after)
  }
  return Object.fromEntries([...values].filter(([, list]) => list.length > 0))
}

function recordDisables({ lifecycle, settings }: World, changes: readonly Change[]): World['lifecycle'] {
  const recorded: Record<string, Partial<LifecycleInput>> = { ...lifecycle }
  for (const change of changes) {
    if (change.kind === 'disable' && change.reason.kind === 'guestLeft') recorded[change.metaverseId] = { ...lifecycle[change.metaverseId], ownDisable: disableOf(change, settings) }
    if (change.reason.kind === 'guestReturned') recorded[change.metaverseId] = { ...lifecycle[change.metaverseId], ownDisable: null }
  }
  return recorded
}

function disableOf(change: ExistingChange, { now, leavers }: World['settings']): OwnDisable {
  const days = leavers.action === 'leave' ? null : leavers.deleteAfterDays
  const reason = change.reason.kind === 'guestLeft' ? change.reason.why : 'blocked'
  return { metaverseId: change.metaverseId, anchor: change.anchor, run: 7, disabledAt: now, reason, movedFrom: change.newDn === null ? null : change.dn, deleteDue: days === null ? null : daysAfter(now, days) }
}

/** ISO 8601. */
export function daysAfter(instant: string, days: number): string {
  const start = parseDateTime(instant)
  const end = start.ok ? addInterval(start.value, 'd', days) : start
  if (!end.ok) throw new Error(end.problem)
  return printDateTime(end.value)
}
