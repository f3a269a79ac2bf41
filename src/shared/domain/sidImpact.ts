import { assertNever } from './assertNever.ts'
import type { Change } from './change.ts'

/** What becomes of the SID, and so of every right and membership that names it: a rename keeps access, a new account has none. */
export type SidImpact = 'kept' | 'new' | 'lost'

export function sidImpact({ kind }: Change): SidImpact {
  switch (kind) {
    case 'create':
      return 'new'
    // Until a restore, which brings the same SID back.
    case 'delete':
      return 'lost'
    case 'adopt':
    case 'update':
    case 'rename':
    case 'move':
    case 'enable':
    case 'disable':
    case 'restore':
      return 'kept'
    default:
      return assertNever(kind)
  }
}
