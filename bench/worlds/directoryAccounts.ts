import type { DomainController } from '../../test/fixtures/domainController.ts'

/** An account as the default rules write it; `batch` keeps the names of different rounds apart. */
export type AccountToAdd = { readonly dn: string; readonly userPrincipalName: string; readonly attributes: Readonly<Record<string, string>> }

export function accountToAdd(guestOu: string, batch: string, number: number): AccountToAdd {
  const name = `${batch}-${number}`
  const userPrincipalName = `${name}_fabrikam.example#EXT#@contoso.onmicrosoft.com`
  return {
    dn: `CN=${name},${guestOu}`, userPrincipalName,
    attributes: {
      sAMAccountName: name.slice(0, 20), userPrincipalName, displayName: `Guest ${name}`, givenName: 'Guest', sn: name,
      mail: `${name}@fabrikam.example`, employeeType: 'Guest', adminDescription: `User_${name}`,
    },
  }
}

export const userClasses = ['top', 'person', 'organizationalPerson', 'user']
export const [disabled, smartCardRequired] = [514, 262_656]

/** LDIF that adds the account disabled. */
export function describeAdd({ dn, attributes }: AccountToAdd): string {
  const lines = [...userClasses.map((name) => `objectClass: ${name}`), `userAccountControl: ${disabled}`, ...Object.entries(attributes).map(([name, value]) => `${name}: ${value}`)]
  return [`dn: ${dn}`, 'changetype: add', ...lines, '', ''].join('\n')
}

/** Many accounts by one process of OpenLDAP's client. */
export async function addAccounts(directory: DomainController, accounts: readonly AccountToAdd[]): Promise<void> {
  await directory.ldapmodify(accounts.map(describeAdd).join(''))
}
