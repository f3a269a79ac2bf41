import type { Migration } from '../migrate.ts'

/**
 * Changes of a plan are written once. They wait in the table where they stay, and become current with the row in `plan`
 * that says that their synchronisation has ended; only what it plans again in the same form is noted beside (`staged_again`).
 */
export const plannedExports: Migration = {
  version: 5,
  sql: `
    CREATE TABLE planned_export (
      kind TEXT NOT NULL, metaverse_id TEXT NOT NULL, run INTEGER NOT NULL, hash TEXT NOT NULL, change TEXT NOT NULL,
      PRIMARY KEY (kind, metaverse_id, run)
    ) STRICT;
    INSERT INTO planned_export SELECT kind, metaverse_id, run, hash, change FROM pending_export ORDER BY kind, metaverse_id;
    CREATE INDEX planned_export_by_metaverse ON planned_export (metaverse_id);
    DROP TABLE pending_export;
    CREATE VIEW pending_export AS
      SELECT kind, metaverse_id, run, hash, change FROM planned_export WHERE run <= (SELECT max(run) FROM plan);
    DROP TABLE staged_export;
    CREATE TABLE staged_again (
      run INTEGER NOT NULL, metaverse_id TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (run, metaverse_id, kind)
    ) STRICT, WITHOUT ROWID;
    DROP TABLE staged_partial_plan;
    CREATE TABLE staged_plan (run INTEGER PRIMARY KEY, extent TEXT NOT NULL) STRICT;
  `,
}
