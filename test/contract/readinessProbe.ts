import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Attribute, Change } from 'ldapts'
import { describe, expect, it } from 'vitest'
import { createDirectoryAdministrator } from '../../src/main/connectors/ad/readiness/directoryAdministrator.ts'
import { createDirectoryInspector } from '../../src/main/connectors/ad/readiness/directoryInspector.ts'
import { SdFlags, sdParts } from '../../src/main/connectors/ad/readiness/sdFlags.ts'
import type { DirectoryWriter } from '../../src/main/connectors/connector.ts'
import type { TrialTarget } from '../../src/main/readiness/domain/trialAccount.ts'
import type { AppliedRemedy } from '../../src/main/readiness/remedies/planRemedy.ts'
import { findMissingRights } from '../../src/main/readiness/rights/missingRights.ts'
import { decodeSecurityDescriptor, encodeSecurityDescriptor } from '../../src/shared/domain/securityDescriptor.ts'
import { addOrdinaryAccount, applyRemedyAsAdministrator } from './directoryAccounts.ts'
import { asAdministrator, calm, connectionTo, dn, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { examine, settingsFor } from './readinessWorld.ts'

/** What is tried on an account of its own, and that nothing of it is left, whatever happens. Every trial has another name. */
export function describeProbe(directory: () => DirectoryUnderTest): void {
  let trials = 0
  const nextTrial = () => `gb-probe-${trials += 1}`
  /** The trial account of that name, which nobody else makes; deleted ones are not shown. */
  async function findLeft(trial: string): Promise<readonly string[]> {
    const left: string[] = []
    await asAdministrator(directory(), async (client) => {
      const { searchEntries } = await client.search(directory().baseDn, { scope: 'sub', filter: `(|(sAMAccountName=${trial})(cn=${trial}))`, attributes: ['cn'] })
      left.push(...searchEntries.map((entry) => entry.dn))
    })
    return left
  }
  const probe = async (connection: DirectoryUnderTest['sync'], more: Parameters<typeof examine>[2] = {}) => {
    const trial = nextTrial()
    return { finding: await examine(directory(), 'directory-probe', { connection, trial, ...more }), left: await findLeft(trial), trial }
  }

  const mend = async (account: DirectoryUnderTest['sync'], ...ids: readonly AppliedRemedy[]) => {
    for (const id of ids) expect(await applyRemedyAsAdministrator(directory(), account, id), id).toBeGreaterThan(0)
  }

  describe('bringing a trial account back', () => {
    it('is tried where our account has the right to, and leaves nothing behind', async () => {
      const { finding, left } = await probe(directory().delta)
      expect(finding).toMatchObject({ state: 'passed', message: expect.stringContaining('bringing back') as string })
      const returned = (await examine(directory(), 'directory-recycle-bin')).state === 'passed' ? 7 : 0
      expect(finding.read.slice(-5)).toEqual(['deleted it again', 'brought it back', `found the same objectGUID, ${returned} of the 7 attributes with it`, 'set its password', 'deleted it for good'])
      expect(left).toEqual([])
    })

    it('is not tried without the right where the lifecycle deletes nobody, and the finding says so', async () => {
      const { finding, left } = await probe(directory().sync)
      expect(finding).toMatchObject({ state: 'passed', read: expect.arrayContaining([expect.stringContaining('did not try to bring it back')]) as string[] })
      expect(left).toEqual([])
    })

    it.each([['the deleted account is not seen', 'sync', /may not see it/, /apply directory-deletions/, '/takeownership'], ['Reanimate Tombstones is missing', 'watching', /no right to do this/, /apply directory-reanimation/, 'Reanimate Tombstones']] as const)('fails where the lifecycle deletes and %s, with the script that gives the right', async (_, account, message, remedy, script) => {
      const { finding, left } = await probe(directory()[account], { settings: { deletesLeavers: true } })
      expect(finding).toMatchObject({ state: 'failed', message: expect.stringMatching(message) as string, remedy: expect.stringMatching(remedy) as string })
      expect(finding.message).toContain('new SID')
      expect(finding.scripts[0]?.text).toContain(script)
      expect(left).toEqual([])
    })

    it('works once the right was given from here, and fails again when it is withdrawn', async () => {
      await mend(directory().watching, 'directory-reanimation')
      expect((await probe(directory().watching, { settings: { deletesLeavers: true } })).finding).toMatchObject({ state: 'passed' })

      await withdrawRights(directory(), directory().watching)
      expect((await probe(directory().watching, { settings: { deletesLeavers: true } })).finding).toMatchObject({ state: 'failed', message: expect.stringContaining('could not be brought back') as string })
    })
  })

  it('goes through with the rights that the remedies give and no others, which are more than Reanimate Tombstones', async () => {
    const account = await addOrdinaryAccount(directory(), 'gb-least')
    await mend(account, 'directory-rights', 'directory-deletions')
    const asked = { settings: { deletesLeavers: true } }
    expect((await probe(account, asked)).finding).toMatchObject({ state: 'failed', message: expect.stringContaining('could not be brought back') as string })
    const missing = (await examine(directory(), 'directory-reanimation', { connection: account })).read.filter((line) => line.startsWith('missing: '))
    expect(missing).toEqual(expect.arrayContaining([expect.stringContaining('Reanimate Tombstones'), expect.stringContaining('write cn of users'), expect.stringContaining('write name of users')]))
    // Samba writes in our name what Windows fills in by itself.
    expect(missing.some((line) => line.includes('write objectCategory of users'))).toBe(directory().kind === 'samba')

    await mend(account, 'directory-reanimation')
    expect(await examine(directory(), 'directory-reanimation', { connection: account })).toMatchObject({ state: 'passed' })
    expect(await probe(account, asked)).toMatchObject({ finding: { state: 'passed' }, left: [] })
  })

  describe('a trial that is cancelled', () => {
    const steps = ['addDisabledUser', 'modify', 'setRandomPassword', 'setUserAccountControl', 'delete', 'restore'] as const
    it.each(steps.flatMap((step) => [0, 2, 8].map((delay) => [step, delay] as const)))('leaves nothing behind in the middle of %s, after %i ms', async (step, delay) => {
      const cancelling = new AbortController()
      const { finding, left } = await probe(directory().delta, { signal: cancelling.signal, targetFor: (target) => interrupt(target, step, delay, () => cancelling.abort()) })
      expect(left).toEqual([])
      // A directory that is faster than the one who cancels has carried the step out; the next one is not begun.
      expect(finding).toMatchObject({ state: 'notChecked', message: expect.stringContaining('cancelled; nothing of the trial account is left') as string })
    })
  })

  it.each(['addDisabledUser', 'modify', 'delete', 'restore'] as const)('leaves nothing behind where the connection is lost in the middle of %s', async (step) => {
    const way = await startWay(directory())
    try {
      const { finding, left } = await probe(directory().delta, { connection: { ...directory().delta, servers: [{ host: directory().host, port: way.port }] }, targetFor: (target) => interrupt(target, step, 2, way.drop) })
      expect(left).toEqual([])
      expect(finding.message).not.toContain('may still be there')
    } finally {
      await way.stop()
    }
  })

  it('names by its DN what could not be removed', async () => {
    const account = await addOrdinaryAccount(directory(), 'gb-nodelete')
    const connection = connectionTo(directory(), account)
    const [inspector, administrator] = [createDirectoryInspector(connection), createDirectoryAdministrator({ ...connection, ...directory().administrator })]
    const { account: { sid }, missing } = valueOf(await findMissingRights(inspector, settingsFor(directory()), calm))
    const allButDelete = missing.filter(({ words }) => !words.startsWith('delete users')).map(({ grant }) => grant)
    expect(allButDelete).toHaveLength(missing.length - 1)
    expect(valueOf(await administrator.addGrants(dn(directory().guestOu), sid, allButDelete, calm))).toBeNull()
    await Promise.all([inspector.close(), administrator.close()])

    const { finding, left } = await probe(account)
    expect(left).toHaveLength(1)
    expect(finding).toMatchObject({ state: 'failed', message: expect.stringMatching(/could not be deleted.*may still be there, disabled/) as string })
    expect(finding.remedy).toContain(`Look for ${dn(left[0] ?? '')}`)
    await asAdministrator(directory(), (client) => client.del(left[0] ?? ''))
  })
}

/** Something happens while the request is on its way: the caller gives up, the connection goes. Once. */
function interrupt({ reader, writer }: TrialTarget, step: keyof DirectoryWriter, delay: number, happen: () => void): TrialTarget {
  let isPast = false
  const during = async <Answer>(name: keyof DirectoryWriter, answer: Promise<Answer>): Promise<Answer> => {
    if (name !== step || isPast) return answer
    isPast = true
    await sleep(delay)
    happen()
    return answer
  }
  return {
    reader,
    writer: {
      ...writer,
      addDisabledUser: (...given) => during('addDisabledUser', writer.addDisabledUser(...given)),
      modify: (...given) => during('modify', writer.modify(...given)),
      setRandomPassword: (...given) => during('setRandomPassword', writer.setRandomPassword(...given)),
      setUserAccountControl: (...given) => during('setUserAccountControl', writer.setUserAccountControl(...given)),
      delete: (...given) => during('delete', writer.delete(...given)),
      restore: (...given) => during('restore', writer.restore(...given)),
    },
  }
}

/** A way to the directory that can be cut: what is on it goes, and a new connection is let through again. */
async function startWay({ host, ldapsPort }: DirectoryUnderTest): Promise<{ readonly port: number; readonly drop: () => void; readonly stop: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => sockets.add(socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket)))
  const server = createServer((near) => {
    const far = connect(ldapsPort, host)
    keep(near)
    keep(far)
    near.on('close', () => far.destroy()).pipe(far).on('close', () => near.destroy()).pipe(near)
  }).listen(0, host)
  await once(server, 'listening')
  const drop = () => sockets.forEach((socket) => socket.destroy())
  const stop = async () => {
    drop()
    server.close()
    await once(server, 'close')
  }
  return { port: (server.address() as AddressInfo).port, drop, stop }
}

/** Every entry of this account on the head of the domain, as `dsacls … /R` takes them away. */
async function withdrawRights(directory: DirectoryUnderTest, account: DirectoryUnderTest['sync']): Promise<void> {
  const inspector = createDirectoryInspector(connectionTo(directory, account))
  const { sid } = valueOf(await inspector.readOwnAccount(calm))
  await inspector.close()
  const controls = [new SdFlags(sdParts.access)]
  await asAdministrator(directory, async (client) => {
    const { searchEntries: [head] } = await client.search(directory.baseDn, { scope: 'base', attributes: ['nTSecurityDescriptor'], explicitBufferAttributes: ['nTSecurityDescriptor'] }, controls)
    const octets = head?.['nTSecurityDescriptor']
    const descriptor = decodeSecurityDescriptor(Buffer.isBuffer(octets) ? octets : Buffer.alloc(0))
    if (!descriptor.ok || descriptor.value.access === null) throw new Error(`No rights were read on ${directory.baseDn}`)
    const { access } = descriptor.value
    const values = [Buffer.from(encodeSecurityDescriptor({ ...descriptor.value, access: { ...access, entries: access.entries.filter((entry) => entry.sid !== sid) } }))]
    await client.modify(directory.baseDn, [new Change({ operation: 'replace', modification: new Attribute({ type: 'nTSecurityDescriptor', values }) })], controls)
  })
}
