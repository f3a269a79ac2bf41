import { Attribute, Change } from 'ldapts'
import { createDirectoryAdministrator } from '../../src/main/connectors/ad/readiness/directoryAdministrator.ts'
import { createDirectoryInspector } from '../../src/main/connectors/ad/readiness/directoryInspector.ts'
import type { DomainSettings } from '../../src/main/readiness/domain/domainWorld.ts'
import { planRemedy, type AppliedRemedy, type RemedyStep } from '../../src/main/readiness/remedies/planRemedy.ts'
import { addAsAdministrator, asAdministrator, calm, connectionTo, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'
import { settingsFor } from './readinessWorld.ts'

type SignIn = DirectoryUnderTest['sync']
const password = 'Wr1tten!By#Tests'

/** An ordinary account without a right anywhere, as an administrator would make it for us. */
export async function addOrdinaryAccount(directory: DirectoryUnderTest, name: string): Promise<SignIn> {
  const at = `CN=${name},CN=Users,${directory.baseDn}`
  await addAsAdministrator(directory, at, { objectClass: 'user', sAMAccountName: name, userPrincipalName: `${name}@contoso.test`, userAccountControl: '514' })
  await replaceAsAdministrator(directory, at, 'unicodePwd', Buffer.from(`"${password}"`, 'utf16le'))
  await replaceAsAdministrator(directory, at, 'userAccountControl', '512')
  return { account: `${name}@contoso.test`, password }
}

export function replaceAsAdministrator(directory: DirectoryUnderTest, at: string, type: string, value: string | Buffer): Promise<void> {
  const values = [typeof value === 'string' ? Buffer.from(value, 'utf8') : value]
  return asAdministrator(directory, (client) => client.modify(at, [new Change({ operation: 'replace', modification: new Attribute({ type, values }) })]))
}

/** As "doctor apply" does: planned from what the directory says now, written as an administrator. Answers with how many steps that took. */
export async function applyRemedyAsAdministrator(directory: DirectoryUnderTest, account: SignIn, id: AppliedRemedy, changes: Partial<DomainSettings> = {}): Promise<number> {
  const connection = connectionTo(directory, account)
  const [inspector, administrator] = [createDirectoryInspector(connection), createDirectoryAdministrator({ ...connection, ...directory.administrator })]
  const carryOut = (step: RemedyStep) => {
    switch (step.kind) {
      case 'organizationalUnit': return administrator.addOrganizationalUnit(step.dn, calm)
      case 'ownership': return administrator.takeOwnership(step.dn, step.owner, calm)
      case 'rights': return administrator.addGrants(step.dn, step.trustee, step.grants, calm)
    }
  }
  const { steps } = valueOf(await planRemedy(id, { inspector, settings: settingsFor(directory, changes), services: () => Promise.resolve([]) }, calm))
  for (const step of steps) valueOf(await carryOut(step))
  await Promise.all([inspector.close(), administrator.close()])
  return steps.length
}
