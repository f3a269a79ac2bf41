import { expect } from 'vitest'
import type { Change } from '../../src/shared/domain/change.ts'
import type { DisconnectorReason, SkipReason } from '../../src/shared/domain/decision.ts'
import { synchronizeWorld, type Synchronized } from './synchronizeWorld.ts'
import { labelOf, type World } from './world.ts'

/** One line for each thing that was decided. Left out: persons whose account is as it should be. */
export type Expected = {
  readonly changes?: readonly string[]
  readonly skips?: readonly string[]
  readonly disconnectors?: readonly string[]
  readonly problems?: readonly string[]
}

/** Synchronises the world and compares all that was decided; what is not expected must not be there. */
export function check(world: World, expected: Expected): Synchronized {
  const result = synchronizeWorld(world)
  expect(summarize(result)).toEqual({ changes: [], skips: [], disconnectors: [], problems: [], ...expected })
  return result
}

export function summarize(result: Synchronized): Required<Expected> {
  return {
    changes: result.changes.map(describeChange).toSorted(),
    skips: result.skips.filter(({ reason }) => reason.kind !== 'unchanged').map(({ metaverseId, reason }) => `${personLabel(metaverseId)}: ${describeSkip(reason)}`).toSorted(),
    disconnectors: result.disconnectors.map(({ anchor, reason }) => `${labelOf(anchor)}: ${describeDisconnector(reason)}`).toSorted(),
    problems: result.problems.map((problem) => `${labelOf(problem.object)}: ${problem.kind} ${String(problem.detail?.['attribute'])}`).toSorted(),
  }
}

/** "create anna" or "update anna: displayName" or "adopt anna by cn: adminDescription, sn" or "disable anna, blocked: …". */
function describeChange(change: Change): string {
  const person = personLabel(change.metaverseId)
  const names = change.attributes.map((attribute) => attribute.name).join(', ')
  if (change.kind === 'create') return `create ${person}`
  const how = change.reason.kind === 'accountAdopted' ? ` by ${change.reason.criterion}` : change.reason.kind === 'guestLeft' ? `, ${change.reason.why}` : ''
  const where = change.newDn === null ? '' : ` to ${change.newDn}`
  return `${change.kind} ${person}${how}${where}: ${names}`
}

function describeSkip(reason: SkipReason): string {
  switch (reason.kind) {
    case 'problem':
      return `${reason.problem.kind} ${String(reason.problem.detail?.['attribute'])}`
    case 'leaver':
      return `leaver, ${reason.why}`
    case 'accountOfAnotherEngine':
    case 'privilegedAccount':
      return `${reason.kind} ${reason.mark}`
    default:
      return reason.kind
  }
}

function describeDisconnector(reason: DisconnectorReason): string {
  switch (reason.kind) {
    case 'ambiguous':
      return `ambiguous ${reason.criterion} of ${reason.candidates.map(personLabel).join(' and ')}`
    case 'needsDecision':
      return `needsDecision between ${labelOf(reason.markedFor)} and ${personLabel(reason.candidate)}`
    default:
      return reason.kind
  }
}

function personLabel(metaverseIdOrAnchor: string): string {
  return labelOf(metaverseIdOrAnchor.replace(/^(entra|ad):/, ''))
}
