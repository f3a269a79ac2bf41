import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDirectoryAdministrator } from '../../src/main/connectors/ad/readiness/directoryAdministrator.ts'
import { createDirectoryInspector } from '../../src/main/connectors/ad/readiness/directoryInspector.ts'
import { planRemedy } from '../../src/main/readiness/remedies/planRemedy.ts'
import { startDomainController } from '../fixtures/domainController.ts'
import type { DomainController } from '../fixtures/domainController.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { addAsAdministrator, calm, connectionTo, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { examine, settingsFor } from './readinessWorld.ts'

const run = promisify(execFile)

/** Policies for single groups, made by Samba's own tool; the directory of the lab has no class for them. Each test leaves none behind. */
describe.skipIf(!requireGroup('directory').available)('password policies for single groups of a domain controller (Samba)', () => {
  let controller: DomainController
  beforeAll(async () => { controller = await startDomainController() }, 120_000)
  afterAll(() => controller?.stop())

  const directory = (): DirectoryUnderTest => ({ ...controller, kind: 'samba', host: controller.ip, controllerName: controller.host })
  const check = (account?: DirectoryUnderTest['administrator']) => examine(directory(), 'directory-password-policy', account === undefined ? {} : { connection: account })
  const sambaTool = (...args: readonly string[]) => run('samba-tool', [...args, '-s', join(dirname(dirname(controller.caFile)), 'etc', 'smb.conf')])
  const policyTool = (...args: readonly string[]) => sambaTool('domain', 'passwordsettings', 'pso', ...args)
  const addGuest = (name: string) => addAsAdministrator(directory(), `CN=${name},${controller.guestOu}`, { objectClass: 'user', sAMAccountName: name, userAccountControl: '514' })

  async function withPolicy(name: string, minimum: number, subject: string, work: () => Promise<void>, precedence = 10): Promise<void> {
    await policyTool('create', name, String(precedence), `--min-pwd-length=${minimum}`, '--complexity=on')
    try {
      await policyTool('apply', name, subject)
      await work()
    } finally {
      await policyTool('delete', name)
    }
  }

  it('hold for new accounts by Domain Users: one that asks for too much is named, and green once the shown step is carried out', async () => {
    await withPolicy('Strict', 50, 'Domain Users', async () => {
      const finding = await check(controller.administrator)
      expect(finding).toMatchObject({ state: 'failed', message: expect.stringMatching(/CN=Strict,CN=Password Settings Container.*asks for 50 characters.*CN=Domain Users/) as string, remedy: expect.stringContaining('Lower the minimum') as string })
      expect(finding.scripts[0]?.text).toContain('-MinPasswordLength 40')
      // The server agrees: what we generate is refused.
      expect(await examine(directory(), 'directory-probe', { trial: 'gb-trial-pso' })).toMatchObject({ state: 'failed', message: expect.stringContaining('password') as string })

      await policyTool('set', 'Strict', '--min-pwd-length=40')
      expect(await check(controller.administrator)).toMatchObject({ state: 'passed', message: expect.stringContaining('CN=Strict') as string })
      expect(await examine(directory(), 'directory-probe', { trial: 'gb-trial-pso' })).toMatchObject({ state: 'passed' })
    })
  })

  it('hold for new accounts by a group that has Domain Users as member', async () => {
    await sambaTool('group', 'add', 'Everyone here')
    await sambaTool('group', 'addmembers', 'Everyone here', 'Domain Users')
    await withPolicy('Nested', 50, 'Everyone here', async () => {
      expect(await check(controller.administrator)).toMatchObject({ state: 'failed', message: expect.stringMatching(/CN=Nested.*CN=Everyone here/) as string })
    })
    await sambaTool('group', 'delete', 'Everyone here')
  })

  it('take the place of what the domain asks for', async () => {
    const [, before] = /^minPwdLength: (\d+)$/m.exec(await controller.ldapsearch(controller.baseDn, '(objectClass=domainDNS)', 'minPwdLength')) ?? []
    await controller.ldapmodify(`dn: ${controller.baseDn}\nchangetype: modify\nreplace: minPwdLength\nminPwdLength: 50\n`)
    try {
      expect(await check(controller.administrator)).toMatchObject({ state: 'failed', remedy: expect.stringContaining('Domain Users') as string })
      await withPolicy('Mild', 20, 'Domain Users', async () => {
        expect(await check(controller.administrator)).toMatchObject({ state: 'passed' })
        expect(await examine(directory(), 'directory-probe', { trial: 'gb-trial-mild' })).toMatchObject({ state: 'passed' })
      })
    } finally {
      await controller.ldapmodify(`dn: ${controller.baseDn}\nchangetype: modify\nreplace: minPwdLength\nminPwdLength: ${before ?? ''}\n`)
    }
  })

  it('that our account may not read are named and never passed; the right to read them, given from here, shows what they ask for', async () => {
    await withPolicy('Hidden', 50, 'Domain Users', async () => {
      const hidden = await check()
      expect(hidden).toMatchObject({ state: 'notChecked', message: expect.stringMatching(/CN=Hidden.*Domain Users.*may not read/) as string, canApply: true })
      expect(hidden.scripts[0]?.text).toMatch(/dsacls 'CN=Password Settings Container,CN=System,.*' \/I:T \/G \(\$trustee \+ ':LCRP'\)/)

      const inspector = createDirectoryInspector(connectionTo(directory()))
      const administrator = createDirectoryAdministrator({ ...connectionTo(directory()), ...controller.administrator })
      const place = { inspector, settings: settingsFor(directory()), services: () => Promise.resolve([]) }
      const { steps } = valueOf(await planRemedy('directory-password-policy', place, calm))
      expect(steps).toMatchObject([{ kind: 'rights', dn: `CN=Password Settings Container,CN=System,${controller.baseDn}` }])
      for (const step of steps) if (step.kind === 'rights') expect(valueOf(await administrator.addGrants(step.dn, step.trustee, step.grants, calm))).toBeNull()
      expect(valueOf(await planRemedy('directory-password-policy', place, calm)).steps).toEqual([])
      await Promise.all([inspector.close(), administrator.close()])
      expect(await check()).toMatchObject({ state: 'failed', message: expect.stringContaining('asks for 50 characters') as string })
    })
  })

  it('of a group matter once an account in the OU is a member, over another group too, and not for anybody elsewhere', async () => {
    await addGuest('gb-member')
    for (const group of ['Inner', 'Outer']) await sambaTool('group', 'add', group)
    await sambaTool('group', 'addmembers', 'Outer', 'Inner')
    await withPolicy('Partners', 50, 'Outer', async () => {
      await sambaTool('group', 'addmembers', 'Inner', controller.sync.account.replace(/@.*/, ''))
      expect(await check(controller.administrator)).toMatchObject({ state: 'passed' })
      await sambaTool('group', 'addmembers', 'Inner', 'gb-member')
      expect(await check(controller.administrator)).toMatchObject({ state: 'warning', message: expect.stringMatching(/CN=Partners.*CN=gb-member/) as string })
    })
  })

  it('of one account win over those of its groups, as the server decides', async () => {
    await addGuest('gb-single')
    await sambaTool('group', 'add', 'Partners of one')
    await sambaTool('group', 'addmembers', 'Partners of one', 'gb-single')
    await withPolicy('Strict for the group', 50, 'Partners of one', async () => {
      expect(await check(controller.administrator)).toMatchObject({ state: 'warning' })
      await withPolicy('Mild for one', 20, 'gb-single', async () => {
        const finding = await check(controller.administrator)
        expect(finding).toMatchObject({ state: 'passed' })
        expect(finding.read.join()).toMatch(/CN=Mild for one.*CN=gb-single/)
      }, 90)
    })
  })
})
