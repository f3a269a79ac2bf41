import type { Ace } from './descriptor.ts'
import { aceFlag } from './descriptor.ts'

const creatorOwner = 'S-1-3-0'

/** What a child of a class gets from its parent's list (MS-DTYP 2.5.3.4.7); every object of a directory can have children of its own. `classGuid` in lower case. */
export function inheritAces(parent: readonly Ace[], classGuid: string, owner: string): readonly Ace[] {
  return parent.filter((ace) => (ace.flags & aceFlag.containerInherit) !== 0).flatMap((ace) => inheritAce(ace, classGuid, owner))
}

/** Entries for the creator speak of the owner. */
export function nameOwner(aces: readonly Ace[], owner: string): readonly Ace[] {
  return aces.map((ace) => (ace.sid === creatorOwner && (ace.flags & aceFlag.inheritOnly) === 0 ? { ...ace, sid: owner } : ace))
}

function inheritAce(ace: Ace, classGuid: string, owner: string): readonly Ace[] {
  const isMeant = ace.inheritedType === null || ace.inheritedType === classGuid
  const isLast = (ace.flags & aceFlag.noPropagate) !== 0
  const passedOn = { ...ace, flags: aceFlag.containerInherit | aceFlag.inherited }
  const inEffect = { ...ace, flags: isLast ? aceFlag.inherited : passedOn.flags }
  const onlyForChildren = { ...ace, flags: passedOn.flags | aceFlag.inheritOnly }
  if (!isMeant) return isLast ? [] : [onlyForChildren]
  if (ace.sid !== creatorOwner) return [inEffect]
  return [{ ...ace, sid: owner, flags: aceFlag.inherited }, ...(isLast ? [] : [onlyForChildren])]
}
