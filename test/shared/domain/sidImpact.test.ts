import { expect, it } from 'vitest'
import { changeKinds } from '../../../src/shared/domain/change.ts'
import { parseObjectGuid } from '../../../src/shared/domain/ids.ts'
import { sidImpact } from '../../../src/shared/domain/sidImpact.ts'
import { synchronizeWorld } from '../../engine/synchronizeWorld.ts'
import { guest, guidOf, world } from '../../engine/world.ts'

it('only a new account has a new SID, and only a deletion loses one: rename, move and restore keep access', () => {
  const [created] = synchronizeWorld(world({ guests: [guest('anna')] })).changes
  if (created?.kind !== 'create') throw new Error('No account was planned')
  const { anchor: _, ...rest } = created
  const guid = parseObjectGuid(guidOf('ad-anna'))
  if (!guid.ok) throw new Error('Not a GUID')
  const impacts = changeKinds.map((kind) => [kind, sidImpact(kind === 'create' ? created : { ...rest, kind, anchor: guid.value, newDn: null, precondition: { values: {}, userAccountControl: null } })])
  expect(impacts.filter(([, impact]) => impact !== 'kept')).toEqual([['delete', 'lost'], ['create', 'new']])
})
