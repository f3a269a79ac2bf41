import type { Migration } from '../migrate.ts'

/**
 * FTS5 merges the segments of a level when there are four of them, and each commit makes one. Twice as many halve the
 * merging during a synchronisation of everybody, which was a twentieth of its time; a search looks into a few more of them
 * (https://www.sqlite.org/fts5.html, 6.1).
 */
export const textMerges: Migration = {
  version: 6,
  sql: `INSERT INTO metaverse_text (metaverse_text, rank) VALUES ('automerge', 8);`,
}
