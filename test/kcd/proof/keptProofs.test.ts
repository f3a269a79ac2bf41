import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProofOutcome } from '../../../src/shared/domain/delegation.ts'
import { forgetProofs, keepProof, proofsFileName, readProofs } from '../../../src/main/kcd/proof/keptProofs.ts'

const ticket: ProofOutcome = {
  application: 'app', guest: 'ana', connector: 'CONNECTOR1', at: '2026-03-12T08:00:00Z', controller: 'dc1',
  result: { kind: 'ticket', principal: 'ana@CONTOSO.TEST', service: 'HTTP/app@CONTOSO.TEST', encryptionType: 'aes256-cts-hmac-sha1-96', startsAt: null, endsAt: null, site: { url: 'https://app/', status: 200, seenAs: 'ana', text: 'ana' }, siteProblem: 'x' },
}
const refused: ProofOutcome = { ...ticket, guest: 'bob', result: { kind: 'refused', reason: 'accountUnknown', text: 'kvno: …', checks: [31], remedy: 'Synchronise.' } }
const unproven: ProofOutcome = { ...ticket, result: { kind: 'notProven', why: 'no keytab', remedy: 'Give one.' } }

describe('proofs that are kept', () => {
  let folder: string
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-proofs-')) })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('come back as they were, the oldest first', async () => {
    await keepProof(folder, ticket)
    await keepProof(folder, refused)
    expect(await readProofs(folder)).toEqual([ticket, refused])
  })

  it('give way to the next one of the same application, guest and connector', async () => {
    const again: ProofOutcome = { ...refused, guest: 'ana', at: '2026-03-13T08:00:00Z' }
    for (const outcome of [ticket, refused, again]) await keepProof(folder, outcome)
    expect(await readProofs(folder)).toEqual([refused, again])
  })

  it('do not give way to "not proven", which says less than an answer', async () => {
    await keepProof(folder, unproven)
    expect(await readProofs(folder)).toEqual([unproven])
    for (const outcome of [ticket, unproven]) await keepProof(folder, outcome)
    expect(await readProofs(folder)).toEqual([ticket])
  })

  it('are none in a workspace where nothing was proved, and after a file that is not ours', async () => {
    expect(await readProofs(folder)).toEqual([])
    await writeFile(join(folder, proofsFileName), '{"version":1,"proofs":[{"application":1}]}')
    expect(await readProofs(folder)).toEqual([])
    await keepProof(folder, ticket)
    expect(await readProofs(folder)).toEqual([ticket])
  })

  it('go with the guest who is purged', async () => {
    for (const outcome of [ticket, refused]) await keepProof(folder, outcome)
    await forgetProofs(folder, 'ana')
    expect(await readProofs(folder)).toEqual([refused])
    expect(await readFile(join(folder, proofsFileName), 'utf8')).not.toContain('ana')
  })

  it('go as a whole with the guest who is purged, where they cannot be read', async () => {
    await keepProof(folder, ticket)
    const file = join(folder, proofsFileName)
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, -5))
    await forgetProofs(folder, 'ana')
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  it('are for the user of the workspace alone', async () => {
    await keepProof(folder, ticket)
    expect((await stat(join(folder, proofsFileName))).mode & 0o777).toBe(0o600)
  })
})
