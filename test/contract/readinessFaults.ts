import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Attribute, Change } from 'ldapts'
import { describe, expect, it } from 'vitest'
import { createDirectoryAdministrator } from '../../src/main/connectors/ad/readiness/directoryAdministrator.ts'
import { createDirectoryInspector } from '../../src/main/connectors/ad/readiness/directoryInspector.ts'
import type { ReadinessFinding } from '../../src/shared/domain/readiness.ts'
import { findMissingRights } from '../../src/main/readiness/rights/missingRights.ts'
import { makeAuthority } from '../fixtures/certificates.ts'
import { addAsAdministrator, asAdministrator, calm, connectionTo, dn, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { examine, settingsFor } from './readinessWorld.ts'

const password = 'Wr1tten!By#Tests'
const encoded = Buffer.from(`"${password}"`, 'utf16le')

/** Faults that are planted one by one, each named with its remedy. One directory is shared: what a fault leaves behind disturbs no other. */
export function describeReadiness(directory: () => DirectoryUnderTest): void {
  const users = () => `CN=Users,${directory().baseDn}`
  const as = (name: string) => ({ account: `${name}@contoso.test`, password })
  const expectNamed = (finding: ReadinessFinding, state: ReadinessFinding['state'], message: RegExp, remedy: RegExp) => {
    expect(finding).toMatchObject({ state, message: expect.stringMatching(message), remedy: expect.stringMatching(remedy) })
  }

  /** An ordinary account without a right anywhere, as an administrator would make it for us. */
  async function addAccount(name: string, control = '512', more: Readonly<Record<string, string>> = {}): Promise<void> {
    await addAsAdministrator(directory(), `CN=${name},${users()}`, { objectClass: 'user', sAMAccountName: name, userPrincipalName: `${name}@contoso.test`, userAccountControl: '514' })
    await modify(`CN=${name},${users()}`, { unicodePwd: encoded })
    await modify(`CN=${name},${users()}`, { userAccountControl: control, ...more })
  }

  function modify(name: string, values: Readonly<Record<string, string | Buffer>>): Promise<void> {
    const changes = Object.entries(values).map(([type, value]) => replacement(type, value))
    return asAdministrator(directory(), (client) => client.modify(name, changes))
  }

  describe('the way to the domain controller', () => {
    it('is refused where another authority vouches, and the certificate is shown', async () => {
      const { certificatePem } = await makeAuthority('Another authority')
      const finding = await examine(directory(), 'directory-certificate', { connection: { caPem: certificatePem } })
      expectNamed(finding, 'failed', /certificate is not trusted/, /authority that issued/)
      expect(finding.read.join()).toMatch(/SHA-256 ([0-9A-F]{2}:){31}/)
    })

    it('shows a certificate that ends within thirty days', async () => {
      // The fixtures' certificates last a day.
      expectNamed(await examine(directory(), 'directory-certificate'), 'warning', /ends in 0 days/, /Renew it/)
    })

    it('names a controller without certificate, which hangs up', async () => {
      const server = createServer((socket) => socket.on('error', () => undefined).destroy()).listen(0, '127.0.0.1')
      await once(server, 'listening')
      try {
        const { port } = server.address() as AddressInfo
        const finding = await examine(directory(), 'directory-certificate', { connection: { servers: [{ host: '127.0.0.1', port }] } })
        expectNamed(finding, 'failed', /has no certificate/, /certificate for server authentication/)
        expect(finding.scripts).toHaveLength(1)
      } finally {
        server.close()
        await once(server, 'close')
      }
    })

    it('names a server that cannot be reached', async () => {
      expectNamed(await examine(directory(), 'directory-certificate', { connection: { servers: [{ host: directory().host, port: 1 }] } }), 'failed', /cannot be reached/, /Check the port/)
    })

    it('has clocks that agree and a controller of 2012 R2 or newer where that is so', async () => {
      expect(await examine(directory(), 'directory-clock')).toMatchObject({ state: 'passed' })
      expect(['passed', 'warning']).toContain((await examine(directory(), 'directory-level')).state)
    })
  })

  describe('the sign-in of our account', () => {
    it.each([
      ['gb-disabled', '514', {}, /is disabled/, /Enable/],
      ['gb-expired', '512', { accountExpires: '129000000000000000' }, /has expired/, /Extend/],
      ['gb-mustchange', '512', { pwdLastSet: '0' }, /must be changed first/, /new password/],
    ] as const)('names %s', async (name, control, more, message, remedy) => {
      await addAccount(name, control, more)
      expectNamed(await examine(directory(), 'directory-bind', { connection: as(name) }), 'failed', message, remedy)
    })

    it('names a wrong password, tries it once for all checks, and leaves the others unchecked', async () => {
      expectNamed(await examine(directory(), 'directory-bind', { connection: { password: 'wrong' } }), 'failed', /account name or password are wrong/, /password/)
      expect(await examine(directory(), 'directory-rights', { connection: { password: 'wrong' } })).toMatchObject({ state: 'notChecked', message: expect.stringContaining('not signed in') as string })
    })

    it('names a locked account', async () => {
      await addAccount('gb-locked')
      await modify(directory().baseDn, { lockoutDuration: '-18000000000', lockOutObservationWindow: '-18000000000', lockoutThreshold: '2' })
      try {
        for (let attempt = 0; attempt < 3; attempt += 1) await examine(directory(), 'directory-bind', { connection: { ...as('gb-locked'), password: 'wrong' } })
        expectNamed(await examine(directory(), 'directory-bind', { connection: as('gb-locked') }), 'failed', /is locked/, /Unlock/)
      } finally {
        await modify(directory().baseDn, { lockoutThreshold: '0' })
      }
    })

    it('announces that the password ends within thirty days', async () => {
      await addAccount('gb-ending')
      const finding = await examine(directory(), 'directory-bind', { connection: as('gb-ending') })
      expect(finding.read.join()).toMatch(/the password ends on \d{4}-/)
      // Ten days, in intervals of 100 ns.
      const before = await asAdministratorRead(directory(), directory().baseDn, 'maxPwdAge')
      await modify(directory().baseDn, { maxPwdAge: '-8640000000000' })
      try {
        expectNamed(await examine(directory(), 'directory-bind', { connection: as('gb-ending') }), 'warning', /password ends in 9 days/, /secrets set directory/)
      } finally {
        await modify(directory().baseDn, { maxPwdAge: before })
      }
    })

    it('passes with the right password', async () => {
      expect(await examine(directory(), 'directory-bind')).toMatchObject({ state: 'passed', remedy: null })
    })
  })

  describe('the managed OUs', () => {
    it('names an OU that is not there, with a script, and can make it', async () => {
      const finding = await examine(directory(), 'directory-guest-ou', { settings: { guestOu: dn(`OU=Nowhere,${directory().baseDn}`) } })
      expectNamed(finding, 'failed', /OU=Nowhere.*does not exist/, /Create it/)
      expect(finding).toMatchObject({ canApply: true })
      expect(finding.scripts.map(({ text }) => text).join()).toContain("New-ADOrganizationalUnit -Name 'Nowhere'")
    })

    it('names what lies in them and is not ours', async () => {
      const ou = dn(`OU=Foreign,${directory().baseDn}`)
      await addAsAdministrator(directory(), ou, { objectClass: 'organizationalUnit' })
      expect(await examine(directory(), 'directory-foreign-accounts', { settings: { guestOu: ou } })).toMatchObject({ state: 'passed' })
      await addAsAdministrator(directory(), `CN=ours,${ou}`, { objectClass: 'user', sAMAccountName: 'gb-ours', adminDescription: 'User_0b7d3c5e' })
      await addAsAdministrator(directory(), `CN=stranger,${ou}`, { objectClass: 'user', sAMAccountName: 'gb-stranger' })
      const finding = await examine(directory(), 'directory-foreign-accounts', { settings: { guestOu: ou } })
      expectNamed(finding, 'warning', /1 of 2 objects.*CN=stranger/, /Move/)
      expect(finding.message).not.toContain('CN=ours')
    })
  })

  describe('the rights of our account', () => {
    it('are found complete where users may be created and fully controlled', async () => {
      expect(await examine(directory(), 'directory-rights')).toMatchObject({ state: 'passed', canApply: false })
    })

    it('are found missing for an account that has none, each by its name', async () => {
      await addAccount('gb-powerless')
      const finding = await examine(directory(), 'directory-rights', { connection: as('gb-powerless') })
      expectNamed(finding, 'failed', /may not create users in/, /Delegate exactly these rights/)
      expect(finding).toMatchObject({ canApply: true })
      expect(finding.read.filter((line) => line.startsWith('missing: '))).toEqual(expect.arrayContaining([expect.stringContaining('write displayName'), expect.stringContaining('set the passwords')]))
      const [grant] = finding.scripts
      expect(grant?.text).toContain(":WP;displayName;user'")
      expect(grant?.text).toContain("'gb-powerless'")
    })

    it('are named where one attribute alone is missing, and given one by one they are enough to work with', async () => {
      await addAccount('gb-almost')
      const connection = connectionTo(directory(), as('gb-almost'))
      const [inspector, administrator] = [createDirectoryInspector(connection), createDirectoryAdministrator({ ...connection, ...directory().administrator })]
      const { account, missing } = valueOf(await findMissingRights(inspector, settingsFor(directory()), calm))
      const [mail, others] = [missing.filter(({ named }) => named === 'mail'), missing.filter(({ named }) => named !== 'mail')]
      expect([mail.length, others.length]).toEqual([1, missing.length - 1])
      const ou = dn(directory().guestOu)
      expect(valueOf(await administrator.addGrants(ou, account.sid, others.map(({ grant }) => grant), calm))).toBeNull()
      expectNamed(await examine(directory(), 'directory-rights', { connection: as('gb-almost') }), 'failed', /may not write mail of users/, /Delegate/)
      expectNamed(await examine(directory(), 'directory-probe', { connection: as('gb-almost'), trial: 'gb-trial-1' }), 'failed', /trial account.*no right to do this/, /right/)

      expect(valueOf(await administrator.addGrants(ou, account.sid, mail.map(({ grant }) => grant), calm))).toBeNull()
      expect(await examine(directory(), 'directory-rights', { connection: as('gb-almost') })).toMatchObject({ state: 'passed' })
      const probe = await examine(directory(), 'directory-probe', { connection: as('gb-almost'), trial: 'gb-trial-2' })
      expect(probe).toMatchObject({ state: 'passed', read: expect.arrayContaining(['wrote mail', 'set its password', 'deleted it again']) as string[] })
      await Promise.all([inspector.close(), administrator.close()])
    })

    it('are not tried on an account unless somebody asked for it', async () => {
      expect(await examine(directory(), 'directory-probe')).toMatchObject({ state: 'notChecked', remedy: expect.stringContaining('--probe') as string })
    })

    it('are too many for an administrator, and not for an account that is delegated to', async () => {
      const finding = await examine(directory(), 'directory-excess-rights', { connection: directory().administrator })
      expectNamed(finding, 'failed', /more rights than it needs: it is a member of/, /account of its own/)
      expect(finding.read.join()).toMatch(/may change the rights on CN=AdminSDHolder/)
      const delegated = await examine(directory(), 'directory-excess-rights')
      expect(delegated).toMatchObject({ state: 'passed', message: expect.stringContaining('Other places were not looked at') as string })
    })
  })

  describe('what our account sees', () => {
    it('lacks deletions without a right on CN=Deleted Objects, about which the directory is silent', async () => {
      const finding = await examine(directory(), 'directory-deletions')
      expectNamed(finding, 'failed', /silent about it/, /CN=Deleted Objects/)
      expect(finding.scripts[0]?.text).toContain('/takeownership')
      expect(await examine(directory(), 'directory-deletions', { connection: directory().delta })).toMatchObject({ state: 'passed' })
    })

    it('may not be brought back without Reanimate Tombstones', async () => {
      expectNamed(await examine(directory(), 'directory-reanimation'), 'warning', /new SID/, /Delegate/)
      expect(await examine(directory(), 'directory-reanimation', { connection: directory().delta })).toMatchObject({ state: 'passed' })
    })

    it('changes by DirSync, of everything or of what is visible', async () => {
      expect(await examine(directory(), 'directory-changes')).toMatchObject({ state: 'passed' })
      expect(await examine(directory(), 'directory-changes', { connection: directory().replication })).toMatchObject({ state: 'passed', message: expect.stringContaining('everything') as string })
    })

    it('is not checked in the forest where no global catalog answers', async () => {
      expect(await examine(directory(), 'global-catalog')).toMatchObject({ state: 'passed' })
      expectNamed(await examine(directory(), 'global-catalog', { connection: { globalCatalogs: [{ host: directory().host, port: 1 }] } }), 'warning', /No global catalog answers/, /globalCatalogs/)
    })
  })

  describe('what the rules rely on', () => {
    it('is missing where the schema lacks an attribute', async () => {
      const finding = await examine(directory(), 'directory-schema', { settings: { usedAttributes: ['mail', 'noSuchAttribute'] } })
      expectNamed(finding, 'failed', /has no noSuchAttribute/, /Correct the name/)
      expect(await examine(directory(), 'directory-schema')).toMatchObject({ state: 'passed' })
    })

    it('is met by generated passwords, unless the policy asks for more than they have', async () => {
      const finding = await examine(directory(), 'directory-password-policy')
      expect(finding).toMatchObject({ state: 'passed', read: [expect.stringMatching(/at least \d+ characters/)] })
      const before = await asAdministratorRead(directory(), directory().baseDn, 'minPwdLength')
      await modify(directory().baseDn, { minPwdLength: '50' })
      try {
        expectNamed(await examine(directory(), 'directory-password-policy'), 'failed', /asks for 50 characters; generated passwords have 40/, /Lower the minimum/)
      } finally {
        await modify(directory().baseDn, { minPwdLength: before })
      }
    })
  })
}

async function asAdministratorRead(directory: DirectoryUnderTest, base: string, name: string): Promise<string> {
  let value = ''
  await asAdministrator(directory, async (client) => {
    const { searchEntries } = await client.search(base, { scope: 'base', attributes: [name] })
    value = String(searchEntries[0]?.[name])
  })
  return value
}

/** ldapts takes texts or octets, not a mixture. */
function replacement(type: string, value: string | Buffer): Change {
  const modification = typeof value === 'string' ? new Attribute({ type, values: [value] }) : new Attribute({ type, values: [value] })
  return new Change({ operation: 'replace', modification })
}
