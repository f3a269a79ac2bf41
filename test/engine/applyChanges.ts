import type { Attributes } from '../../src/shared/domain/attributes.ts'
import type { AttributeChange, Change } from '../../src/shared/domain/change.ts'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import { rdnOf } from '../../src/shared/domain/dn.ts'
import type { Synchronized } from './synchronizeWorld.ts'
import { guidOf, labelOf, type World } from './world.ts'

/** The world after a perfect export and its confirming import: new accounts are linked as ours. */
export function applyChanges(world: World, { changes, persons }: Pick<Synchronized, 'changes' | 'persons'>): World {
  const changed = new Map(changes.filter((change) => change.kind !== 'create').map((change) => [change.anchor as string, change]))
  const created = changes.filter((change) => change.kind === 'create')
  const linkOfCreated = new Map(created.map((change) => [change.metaverseId, { connector: 'ad', anchor: anchorOfNew(change), origin: { kind: 'provisioned', rule: change.rule } } as const]))
  return {
    ...world,
    accounts: [...world.accounts.map((account) => applyToAccount(account, changed.get(account.anchor))), ...created.map(newAccount)],
    persons: persons.map((person) => {
      const link = linkOfCreated.get(person.id)
      return link === undefined ? person : { ...person, links: [...person.links, link] }
    }),
  }
}

function applyToAccount(account: ConnectorObject, change: Change | undefined): ConnectorObject {
  if (change === undefined) return account
  const dn = change.kind === 'create' ? change.dn : (change.newDn ?? account.dn)
  return { ...account, dn, attributes: withValues(account.attributes, change.attributes) }
}

function newAccount(change: Change): ConnectorObject {
  const attributes = withValues({ cn: [rdnOf(change.dn).value], objectSid: [`S-1-5-21-1-2-3-${change.metaverseId.length}`] }, change.attributes)
  return { connector: 'ad', anchor: anchorOfNew(change), objectType: 'user', dn: change.dn, attributes }
}

function anchorOfNew(change: Change): string {
  return guidOf(`new-${labelOf(change.metaverseId.slice('entra:'.length))}`)
}

/** No directory shows a password. */
function withValues(attributes: Attributes, changes: readonly AttributeChange[]): Attributes {
  const values = new Map(Object.entries(attributes))
  for (const { name, after, isGenerated } of changes) {
    if (isGenerated !== true) values.set(name, after)
  }
  return Object.fromEntries([...values].filter(([, list]) => list.length > 0))
}
