import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDirectoryAdministrator } from '../../src/main/connectors/ad/readiness/directoryAdministrator.ts'
import { createDirectoryInspector } from '../../src/main/connectors/ad/readiness/directoryInspector.ts'
import { findMissingRights } from '../../src/main/readiness/rights/missingRights.ts'
import type { AppliedRemedy } from '../../src/main/readiness/remedies/planRemedy.ts'
import type { ReadinessState } from '../../src/shared/domain/readiness.ts'
import { startDomainController } from '../fixtures/domainController.ts'
import type { DomainController } from '../fixtures/domainController.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { addOrdinaryAccount, applyRemedyAsAdministrator, replaceAsAdministrator } from './directoryAccounts.ts'
import { addAsAdministrator, asAdministrator, calm, connectionTo, dn, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { examine, settingsFor, type Circumstances } from './readinessWorld.ts'

/** A fault, how it is named, and what makes it good: the remedy applied from here, or the shown steps, carried out as an administrator would. */
type Fault = {
  readonly check: string
  readonly plant: () => Promise<Circumstances>
  readonly named: readonly [state: ReadinessState, message: RegExp, remedy: RegExp]
  readonly mend: (planted: Circumstances) => Promise<unknown>
  /** Where the fault is in what was configured, and not in the directory. */
  readonly corrected?: Circumstances
}

describe.skipIf(!requireGroup('directory').available)('a fault that is planted in a domain controller (Samba) is named with its remedy, and gone after it', () => {
  let controller: DomainController
  beforeAll(async () => { controller = await startDomainController() }, 120_000)
  afterAll(() => controller?.stop())

  const directory = (): DirectoryUnderTest => ({ ...controller, kind: 'samba', host: controller.ip, controllerName: controller.host })
  const users = (name: string) => `CN=${name},CN=Users,${controller.baseDn}`
  const write = (at: string, type: string, value: string) => replaceAsAdministrator(directory(), at, type, value)
  const asNew = async (name: string) => ({ connection: await addOrdinaryAccount(directory(), name) })
  const fromHere = (id: AppliedRemedy) => async ({ connection, settings }: Circumstances) => {
    const { account = controller.sync.account, password = controller.sync.password } = connection ?? {}
    expect(await applyRemedyAsAdministrator(directory(), { account, password }, id, settings)).toBeGreaterThan(0)
  }
  /** An account that nobody knows, in an OU that is otherwise empty. */
  async function addStranger(ou: string): Promise<Circumstances> {
    for (const name of [ou, `${ou} elsewhere`]) await addAsAdministrator(directory(), `OU=${name},${controller.baseDn}`, { objectClass: 'organizationalUnit' })
    await addAsAdministrator(directory(), `CN=stranger,OU=${ou},${controller.baseDn}`, { objectClass: 'user', sAMAccountName: 'gb-stranger' })
    return { settings: { guestOu: dn(`OU=${ou},${controller.baseDn}`) } }
  }
  const moveStranger = (ou: string) => () => asAdministrator(directory(), (client) => client.modifyDN(`CN=stranger,OU=${ou},${controller.baseDn}`, `CN=stranger,OU=${ou} elsewhere,${controller.baseDn}`))

  /** Everything that is needed, but the right to write one attribute. */
  async function withoutMail(): Promise<Circumstances> {
    const planted = await asNew('gb-nomail')
    const connection = connectionTo(directory(), planted.connection)
    const [inspector, administrator] = [createDirectoryInspector(connection), createDirectoryAdministrator({ ...connection, ...controller.administrator })]
    const { account: { sid }, missing } = valueOf(await findMissingRights(inspector, settingsFor(directory()), calm))
    valueOf(await administrator.addGrants(dn(controller.guestOu), sid, missing.filter(({ named }) => named !== 'mail').map(({ grant }) => grant), calm))
    await Promise.all([inspector.close(), administrator.close()])
    return planted
  }

  async function withLockedAccount(): Promise<Circumstances> {
    const planted = await asNew('gb-lock')
    for (const type of ['lockoutDuration', 'lockOutObservationWindow']) await write(controller.baseDn, type, '-18000000000')
    await write(controller.baseDn, 'lockoutThreshold', '2')
    for (let attempt = 0; attempt < 3; attempt += 1) await examine(directory(), 'directory-bind', { connection: { ...planted.connection, password: 'wrong' } })
    return planted
  }

  const hiddenPolicy = async () => {
    const container = `CN=Password Settings Container,CN=System,${controller.baseDn}`
    const intervals = Object.fromEntries(['MaximumPasswordAge', 'MinimumPasswordAge', 'LockoutObservationWindow', 'LockoutDuration'].map((name) => [`msDS-${name}`, '-864000000000']))
    await addAsAdministrator(directory(), `CN=Planted,${container}`, {
      objectClass: 'msDS-PasswordSettings', 'msDS-MinimumPasswordLength': '12', 'msDS-PasswordHistoryLength': '0', 'msDS-PasswordComplexityEnabled': 'TRUE', 'msDS-PasswordReversibleEncryptionEnabled': 'FALSE',
      'msDS-LockoutThreshold': '0', 'msDS-PasswordSettingsPrecedence': '10', 'msDS-PSOAppliesTo': users('Domain Users'), ...intervals,
    })
    return asNew('gb-nopolicy')
  }

  const faults: Readonly<Record<string, Fault>> = {
    'the OU of the guests is missing': {
      check: 'directory-guest-ou', plant: async () => ({ settings: { guestOu: dn(`OU=Planted guests,${controller.baseDn}`) } }), named: ['failed', /OU=Planted guests.*does not exist/, /Create it/], mend: fromHere('directory-guest-ou'),
    },
    'the OU of leavers is missing': {
      check: 'directory-leaver-ou', plant: async () => ({ settings: { leaverOu: dn(`OU=Planted leavers,${controller.baseDn}`) } }), named: ['failed', /OU=Planted leavers.*does not exist/, /Create it/], mend: fromHere('directory-leaver-ou'),
    },
    'our account has no right at all': { check: 'directory-rights', plant: () => asNew('gb-norights'), named: ['failed', /may not create users/, /Delegate exactly/], mend: fromHere('directory-rights') },
    'our account may not write one of the attributes': { check: 'directory-rights', plant: withoutMail, named: ['failed', /may not write mail of users in [^,]*,[^,]*,[^,]*$/, /Delegate exactly/], mend: fromHere('directory-rights') },
    'our account does not see deletions': { check: 'directory-deletions', plant: () => asNew('gb-blind'), named: ['failed', /may not read CN=Deleted Objects/, /takes ownership/], mend: fromHere('directory-deletions') },
    'our account brings nobody back': { check: 'directory-reanimation', plant: () => asNew('gb-noway'), named: ['warning', /may not bring deleted accounts back/, /Delegate the rights/], mend: fromHere('directory-reanimation') },
    'the policy of the domain asks for more than generated passwords have': {
      check: 'directory-password-policy', named: ['failed', /asks for 50 characters; generated passwords have 40/, /Lower the minimum to 40 or less/], mend: () => write(controller.baseDn, 'minPwdLength', '14'),
      plant: async () => {
        await write(controller.baseDn, 'minPwdLength', '50')
        return {}
      },
    },

    'our account is disabled': {
      check: 'directory-bind', named: ['failed', /is disabled/, /Enable/], mend: () => write(users('gb-off'), 'userAccountControl', '512'),
      plant: async () => {
        const planted = await asNew('gb-off')
        await write(users('gb-off'), 'userAccountControl', '514')
        return planted
      },
    },
    'our account has expired': {
      check: 'directory-bind', named: ['failed', /has expired/, /Extend/], mend: () => write(users('gb-over'), 'accountExpires', '0'),
      plant: async () => {
        const planted = await asNew('gb-over')
        await write(users('gb-over'), 'accountExpires', '129000000000000000')
        return planted
      },
    },
    'our account has to change its password': {
      check: 'directory-bind', named: ['failed', /must be changed first/, /new password/], mend: () => write(users('gb-change'), 'pwdLastSet', '-1'),
      plant: async () => {
        const planted = await asNew('gb-change')
        await write(users('gb-change'), 'pwdLastSet', '0')
        return planted
      },
    },
    'our account is locked': { check: 'directory-bind', plant: withLockedAccount, named: ['failed', /is locked/, /Unlock/], mend: () => write(users('gb-lock'), 'lockoutTime', '0') },
    'our account is an administrator': {
      check: 'directory-excess-rights', named: ['failed', /is a member of CN=Domain Admins/, /in no privileged group/],
      mend: () => controller.ldapmodify(`dn: ${users('Domain Admins')}\nchangetype: modify\ndelete: member\nmember: ${users('gb-mighty')}\n`),
      plant: async () => {
        const planted = await asNew('gb-mighty')
        await controller.ldapmodify(`dn: ${users('Domain Admins')}\nchangetype: modify\nadd: member\nmember: ${users('gb-mighty')}\n`)
        return planted
      },
    },
    'a foreign account lies in the OU': { check: 'directory-foreign-accounts', plant: () => addStranger('Foreign'), named: ['warning', /1 of 1 objects.*CN=stranger/, /Move/], mend: moveStranger('Foreign') },
    'the global catalog is looked for where there is none': {
      check: 'global-catalog', plant: async () => ({ connection: { globalCatalogs: [{ host: controller.ip, port: 1 }] } }), named: ['warning', /No global catalog answers/, /globalCatalogs/],
      mend: () => Promise.resolve(), corrected: { connection: {} },
    },
    'the rules use an attribute that the schema does not have': {
      check: 'directory-schema', plant: async () => ({ settings: { usedAttributes: ['mail', 'extensionAttribute99'] } }), named: ['failed', /has no extensionAttribute99/, /Correct the name/],
      mend: () => Promise.resolve(), corrected: { settings: { usedAttributes: ['mail', 'employeeType'] } },
    },
    // Last, because it holds for the accounts of all others: nobody is locked under it.
    'a password policy that our account cannot read holds for new accounts': { check: 'directory-password-policy', plant: hiddenPolicy, named: ['notChecked', /CN=Planted,.*may not read/, /let our account read it/], mend: fromHere('directory-password-policy') },
  }

  it.each(Object.entries(faults))('%s', async (_name, { check, plant, named: [state, message, remedy], mend, corrected }) => {
    const planted = await plant()
    expect(await examine(directory(), check, planted)).toMatchObject({ id: check, state, message: expect.stringMatching(message) as string, remedy: expect.stringMatching(remedy) as string })
    await mend(planted)
    expect(await examine(directory(), check, corrected ?? planted)).toMatchObject({ id: check, state: 'passed', remedy: null })
  })
})
