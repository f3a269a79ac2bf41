import type { Migration } from '../migrate.ts'

/**
 * Versioned things stand in two tables: the current row, whose key others refer to, and `…_history` with closed versions.
 * One table with a partial index on open versions was as fast (100,000 rows of 600 bytes, ten runs that changed a fifth:
 * within 10 % for insert, change and look-up), but has no key that a foreign key could name, and retention would delete
 * from between the current rows. A version is valid from its run on, up to but without `valid_to_run`. Runs expire before
 * versions that were made by them, so `valid_from_run` is not a foreign key.
 */
export const first: Migration = {
  version: 1,
  sql: `
    CREATE TABLE run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      profile TEXT NOT NULL, step TEXT NOT NULL, connector TEXT,
      started_at TEXT NOT NULL, ended_at TEXT, status TEXT NOT NULL, counters TEXT NOT NULL, problem TEXT
    ) STRICT;
    CREATE INDEX run_by_step ON run (step, connector, id);
    CREATE TABLE run_problem (
      id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE, problem TEXT NOT NULL
    ) STRICT;
    CREATE INDEX run_problem_by_run ON run_problem (run, id);

    CREATE TABLE connector_object (
      connector TEXT NOT NULL, anchor TEXT NOT NULL, object_type TEXT NOT NULL, dn TEXT, dn_key TEXT,
      content TEXT NOT NULL, fingerprint BLOB NOT NULL, valid_from_run INTEGER NOT NULL,
      PRIMARY KEY (connector, anchor)
    ) STRICT;
    CREATE INDEX connector_object_by_dn ON connector_object (dn_key) WHERE dn_key IS NOT NULL;
    CREATE TABLE connector_object_history (
      connector TEXT NOT NULL, anchor TEXT NOT NULL, object_type TEXT NOT NULL, dn TEXT, content TEXT NOT NULL,
      valid_from_run INTEGER NOT NULL, valid_to_run INTEGER NOT NULL,
      PRIMARY KEY (connector, anchor, valid_from_run)
    ) STRICT;

    CREATE TABLE metaverse_object (
      id TEXT PRIMARY KEY, object_type TEXT NOT NULL, content TEXT NOT NULL, valid_from_run INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE metaverse_object_history (
      id TEXT NOT NULL, object_type TEXT NOT NULL, content TEXT NOT NULL,
      valid_from_run INTEGER NOT NULL, valid_to_run INTEGER NOT NULL,
      PRIMARY KEY (id, valid_from_run)
    ) STRICT;
    CREATE TABLE metaverse_index_attribute (attribute TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE metaverse_index (
      attribute TEXT NOT NULL, value_key TEXT NOT NULL, id TEXT NOT NULL,
      PRIMARY KEY (attribute, value_key, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE connector_link (
      connector TEXT NOT NULL, anchor TEXT NOT NULL,
      metaverse_id TEXT REFERENCES metaverse_object (id) DEFERRABLE INITIALLY DEFERRED,
      disconnector TEXT, valid_from_run INTEGER NOT NULL,
      PRIMARY KEY (connector, anchor), CHECK ((metaverse_id IS NULL) <> (disconnector IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX connector_link_by_metaverse ON connector_link (metaverse_id) WHERE metaverse_id IS NOT NULL;
    CREATE TABLE connector_link_history (
      connector TEXT NOT NULL, anchor TEXT NOT NULL, metaverse_id TEXT, disconnector TEXT,
      valid_from_run INTEGER NOT NULL, valid_to_run INTEGER NOT NULL,
      PRIMARY KEY (connector, anchor, valid_from_run)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE domain_name (
      name_key TEXT PRIMARY KEY, account_name TEXT NOT NULL, dn TEXT NOT NULL, anchor TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE watermark (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE staged_object (
      run INTEGER NOT NULL, connector TEXT NOT NULL, anchor TEXT NOT NULL, object_type TEXT NOT NULL, dn TEXT, dn_key TEXT,
      content TEXT NOT NULL, fingerprint BLOB NOT NULL,
      PRIMARY KEY (run, connector, anchor)
    ) STRICT;
    CREATE TABLE staged_unreadable (
      run INTEGER NOT NULL, connector TEXT NOT NULL, anchor TEXT NOT NULL, PRIMARY KEY (run, connector, anchor)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE staged_name (
      run INTEGER NOT NULL, name_key TEXT NOT NULL, account_name TEXT NOT NULL, dn TEXT NOT NULL, anchor TEXT NOT NULL,
      PRIMARY KEY (run, name_key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE staged_export (
      run INTEGER NOT NULL, kind TEXT NOT NULL, metaverse_id TEXT NOT NULL, hash TEXT NOT NULL, change TEXT NOT NULL,
      PRIMARY KEY (run, kind, metaverse_id)
    ) STRICT;
    CREATE TABLE staged_skip (
      run INTEGER NOT NULL, metaverse_id TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
      PRIMARY KEY (run, metaverse_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE pending_export (
      kind TEXT NOT NULL, metaverse_id TEXT NOT NULL, run INTEGER NOT NULL, hash TEXT NOT NULL, change TEXT NOT NULL,
      PRIMARY KEY (kind, metaverse_id)
    ) STRICT;
    CREATE INDEX pending_export_by_metaverse ON pending_export (metaverse_id);
    CREATE TABLE pending_skip (
      metaverse_id TEXT PRIMARY KEY, kind TEXT NOT NULL, reason TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pending_skip_by_kind ON pending_skip (kind, metaverse_id);

    CREATE TABLE journal_change (
      id INTEGER PRIMARY KEY, plan_hash TEXT NOT NULL, change_hash TEXT NOT NULL, kind TEXT NOT NULL, metaverse_id TEXT NOT NULL,
      change TEXT NOT NULL, UNIQUE (plan_hash, change_hash)
    ) STRICT;
    CREATE TABLE journal_entry (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run INTEGER NOT NULL REFERENCES run (id), change INTEGER NOT NULL REFERENCES journal_change (id),
      action TEXT NOT NULL, is_last INTEGER NOT NULL, dn TEXT NOT NULL, anchor TEXT, at TEXT NOT NULL,
      outcome TEXT, outcome_kind TEXT, outcome_milliseconds INTEGER
    ) STRICT;
    CREATE INDEX journal_entry_by_run ON journal_entry (run, id);
    CREATE INDEX journal_entry_open ON journal_entry (id) WHERE outcome IS NULL;
    CREATE INDEX journal_entry_by_end ON journal_entry (outcome_milliseconds, change)
      WHERE outcome_kind IN ('done', 'foundDone') AND is_last = 1;
    CREATE INDEX journal_entry_by_change ON journal_entry (change);
    CREATE TRIGGER journal_entry_is_frozen BEFORE UPDATE ON journal_entry
      WHEN OLD.outcome IS NOT NULL OR NEW.id <> OLD.id OR NEW.run <> OLD.run OR NEW.change <> OLD.change
        OR NEW.action <> OLD.action OR NEW.is_last <> OLD.is_last OR NEW.dn <> OLD.dn OR NEW.anchor IS NOT OLD.anchor OR NEW.at <> OLD.at
      BEGIN SELECT RAISE(ABORT, 'A journal entry is written once and gets its outcome once'); END;
    CREATE TRIGGER journal_change_is_frozen BEFORE UPDATE ON journal_change
      BEGIN SELECT RAISE(ABORT, 'A journalled change is written once'); END;

    CREATE TABLE awaiting_confirmation (
      metaverse_id TEXT PRIMARY KEY, run INTEGER NOT NULL, anchor TEXT, dn TEXT NOT NULL, dn_key TEXT NOT NULL,
      expects TEXT NOT NULL CHECK (expects IN ('presence', 'absence'))
    ) STRICT, WITHOUT ROWID;
  `,
}
