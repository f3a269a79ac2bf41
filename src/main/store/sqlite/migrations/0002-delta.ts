import type { DatabaseSync } from 'node:sqlite'
import type { Attributes } from '../../../../shared/domain/attributes.ts'
import { textIn } from '../columns.ts'
import { userPrincipalNameKey } from '../connectorContent.ts'
import { writeMetaverseText } from '../metaverseText.ts'
import type { Migration } from '../migrate.ts'
import { fullContentOf } from './0003-contributions.ts'

/**
 * Delta imports and synchronisations, lifecycle, decisions of persons, evidence and search.
 *
 * A delta synchronisation must not look at everything, so what is rare is kept as a list of its own: `unlinked_object`,
 * `dangling_link` and `account_without_guest` follow from objects and links, and triggers hold them true, whoever writes.
 */
export const delta: Migration = {
  version: 2,
  sql: `
    ALTER TABLE connector_object ADD COLUMN upn_key TEXT;
    ALTER TABLE staged_object ADD COLUMN upn_key TEXT;
    CREATE INDEX connector_object_by_upn ON connector_object (connector, upn_key) WHERE upn_key IS NOT NULL;
    CREATE INDEX connector_object_by_run ON connector_object (connector, valid_from_run, anchor);
    CREATE INDEX connector_object_history_by_end ON connector_object_history (valid_to_run, connector, anchor);
    CREATE INDEX connector_link_history_by_end ON connector_link_history (valid_to_run);
    CREATE INDEX connector_link_history_by_metaverse ON connector_link_history (metaverse_id, connector) WHERE metaverse_id IS NOT NULL;
    CREATE INDEX metaverse_object_history_by_end ON metaverse_object_history (valid_to_run);
    CREATE INDEX domain_name_by_anchor ON domain_name (anchor);
    CREATE INDEX journal_change_by_metaverse ON journal_change (metaverse_id);

    CREATE TABLE unlinked_object (
      connector TEXT NOT NULL, anchor TEXT NOT NULL, PRIMARY KEY (connector, anchor)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO unlinked_object SELECT o.connector, o.anchor FROM connector_object o WHERE NOT EXISTS (
      SELECT 1 FROM connector_link l WHERE l.connector = o.connector AND l.anchor = o.anchor AND l.metaverse_id IS NOT NULL);
    CREATE TABLE dangling_link (
      connector TEXT NOT NULL, anchor TEXT NOT NULL, metaverse_id TEXT NOT NULL, PRIMARY KEY (connector, anchor)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO dangling_link SELECT l.connector, l.anchor, l.metaverse_id FROM connector_link l WHERE l.metaverse_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM connector_object o WHERE o.connector = l.connector AND o.anchor = l.anchor);
    CREATE TABLE account_without_guest (metaverse_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    INSERT INTO account_without_guest SELECT DISTINCT a.metaverse_id FROM connector_link a WHERE a.connector = 'ad' AND a.metaverse_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM connector_link g WHERE g.metaverse_id = a.metaverse_id AND g.connector = 'entra');
    ${triggers()}

    CREATE TABLE staged_change (
      sequence INTEGER PRIMARY KEY, run INTEGER NOT NULL, connector TEXT NOT NULL, anchor TEXT NOT NULL, change TEXT NOT NULL
    ) STRICT;
    CREATE INDEX staged_change_by_anchor ON staged_change (run, connector, anchor, sequence);

    CREATE TABLE absence (id TEXT PRIMARY KEY, run INTEGER NOT NULL, answer TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE own_disable (
      metaverse_id TEXT PRIMARY KEY, anchor TEXT NOT NULL, run INTEGER NOT NULL, disabled_at TEXT NOT NULL, reason TEXT NOT NULL,
      moved_from TEXT, delete_due TEXT, delete_due_milliseconds INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX own_disable_by_due ON own_disable (delete_due_milliseconds) WHERE delete_due_milliseconds IS NOT NULL;
    CREATE TABLE hold (
      metaverse_id TEXT PRIMARY KEY, cause TEXT NOT NULL, note TEXT NOT NULL, by_whom TEXT NOT NULL, since TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE join_decision (
      anchor TEXT PRIMARY KEY, decision TEXT NOT NULL, note TEXT NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE run_object (
      run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE, counter TEXT NOT NULL, id TEXT NOT NULL, connector TEXT NOT NULL,
      PRIMARY KEY (run, counter, id, connector)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE plan (run INTEGER PRIMARY KEY, header TEXT) STRICT;
    INSERT INTO plan SELECT json_extract(value, '$.runs.synchronization'), value FROM watermark WHERE name = 'plan.header';
    INSERT INTO plan (run) SELECT max(run) FROM pending_export HAVING max(run) IS NOT NULL ON CONFLICT DO NOTHING;
    CREATE TABLE pending_export_history (
      kind TEXT NOT NULL, metaverse_id TEXT NOT NULL, run INTEGER NOT NULL, hash TEXT NOT NULL, change TEXT NOT NULL, valid_to_run INTEGER NOT NULL,
      PRIMARY KEY (kind, metaverse_id, run)
    ) STRICT;
    CREATE INDEX pending_export_history_by_end ON pending_export_history (valid_to_run);
    CREATE TABLE staged_partial_plan (run INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE staged_person (run INTEGER NOT NULL, metaverse_id TEXT NOT NULL, PRIMARY KEY (run, metaverse_id)) STRICT, WITHOUT ROWID;

    CREATE TABLE metaverse_text_row (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
    CREATE VIRTUAL TABLE metaverse_text USING fts5 (value, content = '', contentless_delete = 1, detail = 'none', tokenize = 'trigram case_sensitive 1');
  `,
  fill(database) {
    fillUserPrincipalNames(database)
    const text = writeMetaverseText(database)
    for (const row of database.prepare('SELECT * FROM metaverse_object').iterate()) {
      const object = { id: textIn(row, 'id'), objectType: textIn(row, 'object_type'), ...fullContentOf(textIn(row, 'content')) }
      text.replace([{ former: null, object }])
    }
  },
}

/** Case is folded as JavaScript does it, which SQL cannot. */
function fillUserPrincipalNames(database: DatabaseSync): void {
  const put = database.prepare('UPDATE connector_object SET upn_key = ? WHERE connector = ? AND anchor = ?')
  for (const row of database.prepare('SELECT connector, anchor, content FROM connector_object').all()) {
    put.run(userPrincipalNameKey(JSON.parse(textIn(row, 'content')) as Attributes), textIn(row, 'connector'), textIn(row, 'anchor'))
  }
}

function triggers(): string {
  const objectOf = (link: 'OLD' | 'NEW') => `EXISTS (SELECT 1 FROM connector_object o WHERE o.connector = ${link}.connector AND o.anchor = ${link}.anchor)`
  const leave = (table: string, row: 'OLD' | 'NEW') => `DELETE FROM ${table} WHERE connector = ${row}.connector AND anchor = ${row}.anchor;`
  const noteUnlinked = (row: 'OLD' | 'NEW', condition: string) =>
    `INSERT INTO unlinked_object SELECT ${row}.connector, ${row}.anchor WHERE ${condition} ON CONFLICT DO NOTHING;`
  const noteDangling = `INSERT INTO dangling_link SELECT NEW.connector, NEW.anchor, NEW.metaverse_id WHERE NEW.metaverse_id IS NOT NULL AND NOT ${objectOf('NEW')} ON CONFLICT DO NOTHING;`
  const lookAtPerson = (row: 'OLD' | 'NEW') => `DELETE FROM account_without_guest WHERE metaverse_id = ${row}.metaverse_id;
      INSERT INTO account_without_guest SELECT ${row}.metaverse_id WHERE EXISTS (SELECT 1 FROM connector_link WHERE metaverse_id = ${row}.metaverse_id AND connector = 'ad')
        AND NOT EXISTS (SELECT 1 FROM connector_link WHERE metaverse_id = ${row}.metaverse_id AND connector = 'entra');`
  return `
    CREATE TRIGGER object_came AFTER INSERT ON connector_object BEGIN
      ${leave('dangling_link', 'NEW')}
      ${noteUnlinked('NEW', `NOT EXISTS (SELECT 1 FROM connector_link l WHERE l.connector = NEW.connector AND l.anchor = NEW.anchor AND l.metaverse_id IS NOT NULL)`)}
    END;
    CREATE TRIGGER object_went AFTER DELETE ON connector_object BEGIN
      ${leave('unlinked_object', 'OLD')}
      INSERT INTO dangling_link SELECT connector, anchor, metaverse_id FROM connector_link
        WHERE connector = OLD.connector AND anchor = OLD.anchor AND metaverse_id IS NOT NULL ON CONFLICT DO NOTHING;
    END;
    CREATE TRIGGER link_came AFTER INSERT ON connector_link WHEN NEW.metaverse_id IS NOT NULL BEGIN
      ${leave('unlinked_object', 'NEW')}
      ${noteDangling}
      DELETE FROM account_without_guest WHERE NEW.connector = 'entra' AND metaverse_id = NEW.metaverse_id;
      INSERT INTO account_without_guest SELECT NEW.metaverse_id WHERE NEW.connector = 'ad'
        AND NOT EXISTS (SELECT 1 FROM connector_link WHERE metaverse_id = NEW.metaverse_id AND connector = 'entra') ON CONFLICT DO NOTHING;
    END;
    CREATE TRIGGER link_changed AFTER UPDATE OF metaverse_id ON connector_link WHEN NEW.metaverse_id IS NOT OLD.metaverse_id BEGIN
      ${leave('dangling_link', 'OLD')}
      ${leave('unlinked_object', 'OLD')}
      ${noteDangling}
      ${noteUnlinked('NEW', `NEW.metaverse_id IS NULL AND ${objectOf('NEW')}`)}
      ${lookAtPerson('OLD')}
      ${lookAtPerson('NEW')}
    END;
    CREATE TRIGGER link_went AFTER DELETE ON connector_link WHEN OLD.metaverse_id IS NOT NULL BEGIN
      ${leave('dangling_link', 'OLD')}
      ${noteUnlinked('OLD', objectOf('OLD'))}
      ${lookAtPerson('OLD')}
    END;`
}
