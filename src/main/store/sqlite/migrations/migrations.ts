import type { Migration } from '../migrate.ts'
import { first } from './0001-first.ts'
import { delta } from './0002-delta.ts'
import { contributions } from './0003-contributions.ts'
import { delegation } from './0004-delegation.ts'
import { plannedExports } from './0005-planned-exports.ts'
import { textMerges } from './0006-text-merges.ts'

/** Every version of the store, oldest first. A migration that was released is never edited; a change is a new file. */
export const migrations: readonly Migration[] = [first, delta, contributions, delegation, plannedExports, textMerges]
