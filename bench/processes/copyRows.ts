import { join } from 'node:path'
import { argv } from 'node:process'
import { DatabaseSync } from 'node:sqlite'
import { say } from './say.ts'

// The bare minimum of a full synchronisation: reads and parses every connector space object, and writes as JSON the persons,
// links and planned changes that the synchronisation made of them, into a file without indexes, history or search.
// Arguments: the folder of a synchronised workspace, the file to write.
const [folder = '', file = ''] = argv.slice(2)
const batchSize = 500
const source = new DatabaseSync(join(folder, 'store.sqlite'), { readOnly: true })
const target = new DatabaseSync(file)
target.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE row (sort TEXT, id TEXT, content TEXT, PRIMARY KEY (sort, id))')
const insert = target.prepare('INSERT INTO row VALUES (?, ?, ?)')
const start = performance.now()
let read = 0
for (const { content } of source.prepare('SELECT content FROM connector_object').iterate()) read += Object.keys(JSON.parse(String(content)) as object).length
copy('person', 'SELECT id, content FROM metaverse_object WHERE id > ? ORDER BY id LIMIT ?')
copy('link', "SELECT anchor AS id, json_object('metaverseId', metaverse_id) AS content FROM connector_link WHERE connector = 'entra' AND anchor > ? ORDER BY anchor LIMIT ?")
copy('change', 'SELECT metaverse_id AS id, change AS content FROM pending_export WHERE metaverse_id > ? ORDER BY 1 LIMIT ?')
const milliseconds = performance.now() - start
target.close()
source.close()
say({ milliseconds, read })

function copy(sort: string, sql: string): void {
  const select = source.prepare(sql)
  for (let after = ''; ;) {
    const rows = select.all(after, batchSize).map(({ id, content }) => ({ id: String(id), value: JSON.parse(String(content)) as unknown }))
    const last = rows.at(-1)
    if (last === undefined) return
    target.exec('BEGIN')
    for (const { id, value } of rows) insert.run(sort, id, JSON.stringify(value))
    target.exec('COMMIT')
    after = last.id
  }
}
