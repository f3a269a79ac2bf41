import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
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

describe('several connections', () => {
  const bindsIn = (directory: ScriptedDirectory) => directory.log.filter((line) => line === 'bind').length
  const modifiesIn = (directory: ScriptedDirectory) => directory.log.filter((line) => line.startsWith('modify')).length
  /** Answers nobody before so many wait. */
  function answerTogether(count: number): Pick<Script, 'onModify'> {
    const waiting: (() => void)[] = []
    return {
      onModify: (_, reply) => {
        waiting.push(() => reply.done())
        if (waiting.length === count) for (const answer of waiting.splice(0)) answer()
      },
    }
  }
  const changeAtOnce = (writer: DirectoryWriter, count: number) => Promise.all(Array.from({ length: count }, () => writer.modify(anchor, [change], calm)))

  it('are made as far as calls come at once, and no more than configured', async () => {
    await withWriter({ ...holding('Old'), ...answerTogether(6) }, async (writer, directory) => {
      expect((await changeAtOnce(writer, 6)).every(({ ok }) => ok)).toBe(true)
      expect(bindsIn(directory)).toBe(4)
    })
  })

  it('is one for calls that come one after the other', async () => {
    await withWriter({ ...holding('Old'), ...answerTogether(1) }, async (writer, directory) => {
      for (let index = 0; index < 5; index += 1) expect(await writer.modify(anchor, [change], calm)).toEqual({ ok: true, value: null })
      expect(bindsIn(directory)).toBe(1)
    })
  })

  it('fail together when the controller goes, and go to no other one', async () => {
    await withWriter({ ...holding('Old'), ...answerTogether(4) }, async (writer, directory) => {
      expect((await changeAtOnce(writer, 4)).every(({ ok }) => ok)).toBe(true)
      const underWay = changeAtOnce(writer, 3)
      await expect.poll(() => modifiesIn(directory)).toBe(7)
      directory.controller = 'dc2.scripted.test'
      directory.dropConnections()
      expect((await underWay).map((result) => result.ok || result.problem.kind)).toEqual(['unreachable', 'unreachable', 'unreachable'])
      expect((await changeAtOnce(writer, 4)).map((result) => result.ok || result.problem.kind)).toEqual(Array.from({ length: 4 }, () => 'wrongController'))
    })
  })

  it('leave the calls of others alone when one is cancelled', async () => {
    await withWriter({ ...holding('Old'), ...answerTogether(4) }, async (writer, directory) => {
      const cancel = new AbortController()
      const [mine, others] = [writer.modify(anchor, [change], cancel.signal), changeAtOnce(writer, 2)]
      await expect.poll(() => modifiesIn(directory)).toBe(3)
      cancel.abort()
      expect(await mine).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
      // The server still holds the cancelled one; the fourth makes it answer.
      expect(await writer.modify(anchor, [change], calm)).toEqual({ ok: true, value: null })
      expect((await others).every(({ ok }) => ok)).toBe(true)
    })
  })
})
