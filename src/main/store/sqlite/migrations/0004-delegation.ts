import type { Migration } from '../migrate.ts'

/** The journal of delegation: its changes are of attributes, not of persons, and are undone value by value. */
export const delegation: Migration = {
  version: 4,
  sql: `
    CREATE TABLE delegation_entry (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run INTEGER NOT NULL REFERENCES run (id), plan_hash TEXT NOT NULL, change_hash TEXT NOT NULL,
      domain_sid TEXT NOT NULL, controller TEXT NOT NULL, bound_as TEXT NOT NULL,
      change TEXT NOT NULL, needs_privilege INTEGER NOT NULL, at TEXT NOT NULL,
      outcome TEXT, outcome_kind TEXT, outcome_milliseconds INTEGER
    ) STRICT;
    CREATE INDEX delegation_entry_by_run ON delegation_entry (run, id);
    CREATE INDEX delegation_entry_open ON delegation_entry (domain_sid, id) WHERE outcome IS NULL;
    CREATE INDEX delegation_entry_by_end ON delegation_entry (outcome_milliseconds) WHERE outcome_kind IN ('done', 'foundDone');
    CREATE INDEX delegation_entry_by_plan ON delegation_entry (plan_hash);
    CREATE INDEX delegation_entry_privileged ON delegation_entry (domain_sid, id) WHERE needs_privilege = 1;
    CREATE TRIGGER delegation_entry_is_frozen BEFORE UPDATE ON delegation_entry
      WHEN OLD.outcome IS NOT NULL OR NEW.id <> OLD.id OR NEW.run <> OLD.run OR NEW.plan_hash <> OLD.plan_hash OR NEW.change_hash <> OLD.change_hash
        OR NEW.domain_sid <> OLD.domain_sid OR NEW.controller <> OLD.controller OR NEW.bound_as <> OLD.bound_as
        OR NEW.change <> OLD.change OR NEW.needs_privilege <> OLD.needs_privilege OR NEW.at <> OLD.at
      BEGIN SELECT RAISE(ABORT, 'A journal entry is written once and gets its outcome once'); END;
  `,
}
