import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createDirectoryWriter } from '../../../src/main/connectors/ad/directoryWriter.ts'
import type { DirectoryWriter } from '../../../src/main/connectors/connector.ts'
import { guidFromBytes } from '../../../src/shared/domain/ids.ts'
import type { ObjectGuid } from '../../../src/shared/domain/ids.ts'
import { scriptedOu, startScriptedDirectory } from './scriptedDirectory.ts'
import type { Script, ScriptedDirectory } from './scriptedDirectory.ts'

const calm = new AbortController().signal
const bytes = Buffer.alloc(16, 7)
const anchor = ((): ObjectGuid => {
  const guid = guidFromBytes(bytes)
  if (!guid.ok) throw new Error('not a GUID')
  return guid.value
})()

async function withWriter(script: Script, use: (writer: DirectoryWriter, directory: ScriptedDirectory) => Promise<void>): Promise<void> {
  const directory = await startScriptedDirectory(script)
  const writer = createDirectoryWriter(directory.connection)
  try {
    await use(writer, directory)
  } finally {
    await writer.close()
    await directory.stop()
  }
}

const holding = (displayName: string): Pick<Script, 'onSearch'> => ({
  onSearch: (_, reply) => {
    reply.entry({ name: `CN=user,${scriptedOu}`, attributes: { objectGUID: [bytes], displayName: [displayName] } })
    reply.done()
  },
})
const refusingTheForm: Pick<Script, 'onModify'> = { onModify: (operations, reply) => { reply.done(operations === 'delete,add' ? 53 : 0, '00002035: LdapErr: DSID-031A1236, problem 5003 (WILL_NOT_PERFORM), data 0') } }
const change = { name: 'displayName', before: ['Old'], after: ['New'] }

it('replaces where the server will not delete and add in one operation', async () => {
  await withWriter({ ...holding('Old'), ...refusingTheForm }, async (writer, directory) => {
    expect(await writer.modify(anchor, [change], calm)).toEqual({ ok: true, value: null })
    expect(directory.log.filter((line) => line.startsWith('modify'))).toEqual(['modify delete,add', 'modify replace'])
  })
})

it('does not replace what changed in between', async () => {
  await withWriter({ ...holding('Changed'), ...refusingTheForm }, async (writer, directory) => {
    expect(await writer.modify(anchor, [change], calm)).toMatchObject({ ok: false, problem: { kind: 'valueAbsent' } })
    expect(directory.log).not.toContain('modify replace')
  })
})

it('does not go on at another controller after the first was lost', async () => {
  await withWriter({ ...holding('Old'), onModify: (_, reply) => { reply.done() } }, async (writer, directory) => {
    expect(await writer.modify(anchor, [change], calm)).toMatchObject({ ok: true })
    directory.controller = 'dc2.scripted.test'
    directory.dropConnections()
    await sleep(20)
    expect(await writer.modify(anchor, [change], calm)).toMatchObject({ ok: false, problem: { kind: 'wrongController', detail: { expected: 'dc1.scripted.test', actual: 'dc2.scripted.test' } } })
    expect(directory.log.filter((line) => line.startsWith('modify'))).toHaveLength(1)
  })
})
