import { expect, it } from 'vitest'
import { createDelegationWriter } from '../../../../src/main/connectors/ad/delegation/delegationWriter.ts'
import { encodeBase64 } from '../../../../src/shared/domain/base64.ts'
import { guidFromBytes } from '../../../../src/shared/domain/ids.ts'
import type { ObjectGuid } from '../../../../src/shared/domain/ids.ts'
import { scriptedOu, startScriptedDirectory } from '../scriptedDirectory.ts'
import type { Script } from '../scriptedDirectory.ts'

const calm = new AbortController().signal
const trust = 'msDS-AllowedToActOnBehalfOfOtherIdentity'
const [old, fresh] = [Buffer.from('old descriptor'), Buffer.from('new descriptor')]

function anchor(): ObjectGuid {
  const guid = guidFromBytes(Buffer.alloc(16, 7))
  if (!guid.ok) throw new Error('not a GUID')
  return guid.value
}

/** Will not compare descriptors, as RFC 4512 4.1.2 allows where an attribute has no equality rule. */
function withoutComparison(present: Buffer): Script {
  return {
    onSearch: (_, reply) => {
      reply.entry({ name: `CN=web,${scriptedOu}`, attributes: { objectGUID: [Buffer.alloc(16, 7)], [trust]: [present] } })
      reply.done()
    },
    onModify: (operations, reply) => { reply.done(operations === 'delete,add' ? 18 : 0, '0000200B: AtrErr: DSID-03151A5A') },
  }
}

it('replaces a descriptor that the server will not compare, after comparing it itself', async () => {
  const directory = await startScriptedDirectory(withoutComparison(old))
  const writer = createDelegationWriter(directory.connection)
  expect(await writer.writeValues(anchor(), trust, [encodeBase64(old)], [encodeBase64(fresh)], calm)).toEqual({ ok: true, value: null })
  expect(directory.log.filter((line) => line.startsWith('modify'))).toEqual(['modify delete,add', 'modify replace'])
  await writer.close()
  await directory.stop()
})

it('leaves a descriptor alone that somebody else wrote in between', async () => {
  const directory = await startScriptedDirectory(withoutComparison(Buffer.from('another descriptor')))
  const writer = createDelegationWriter(directory.connection)
  expect(await writer.writeValues(anchor(), trust, [encodeBase64(old)], [encodeBase64(fresh)], calm)).toMatchObject({ ok: false, problem: { kind: 'valueAbsent' } })
  expect(directory.log).not.toContain('modify replace')
  await writer.close()
  await directory.stop()
})
