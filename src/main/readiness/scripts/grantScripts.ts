import { directoryRight } from '../../../shared/domain/directoryRights.ts'
import { dnKey, parseDn, rdnOf } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { ReadinessScript } from '../../../shared/domain/readiness.ts'
import type { OwnAccount } from '../../connectors/readinessPorts.ts'
import type { NeededRight } from '../rights/neededRights.ts'
import { asComment, quoteForPowerShell } from './quote.ts'

/** dsacls that gives exactly these rights, and what takes them away again. Run by an administrator of the domain. */
export function grantScripts(account: Pick<OwnAccount, 'accountName'>, rights: readonly NeededRight[]): readonly ReadinessScript[] {
  return [
    { title: 'Delegate the rights', language: 'powershell', text: [...heading(account, 'Delegates what Guestbridge needs and changes nothing else.'), ...rights.flatMap(grantLines)].join('\n') },
    { title: 'Take the rights away again', language: 'powershell', text: [...heading(account, 'Removes every entry of this account from these objects.'), ...revokeLines(rights)].join('\n') },
  ]
}

function heading({ accountName }: Pick<OwnAccount, 'accountName'>, what: string): readonly string[] {
  return [
    asComment(`${what} Needs the module ActiveDirectory, and dsacls of the remote server administration tools.`),
    `$trustee = (Get-ADDomain).NetBIOSName + '\\' + ${quoteForPowerShell(accountName)}`,
  ]
}

function grantLines(right: NeededRight): readonly string[] {
  const { where, words, grant, named } = right
  const isProtected = isDeletedObjects(where)
  return [
    asComment(words),
    // The container belongs to the system: not even administrators may change its rights before they own it.
    ...(isProtected ? [`dsacls ${target(where)} /takeownership`] : []),
    `dsacls ${target(where)}${inheritance[grant.on.kind]} /G ($trustee + ${quoteForPowerShell(`:${permission(grant.mask, named, grant.on.kind)}`)})`,
  ]
}

function revokeLines(rights: readonly NeededRight[]): readonly string[] {
  const places = new Map(rights.map(({ where }) => [dnKey(where), where]))
  return [...places.values()].map((where) => `dsacls ${target(where)} /R $trustee`)
}

/** The account itself, in the container where the domain puts new users, without a right anywhere; a person types its password. */
export function accountScripts(account: string): readonly ReadinessScript[] {
  const name = plainName(account)
  const suffix = account.includes('@') ? ` -UserPrincipalName ${quoteForPowerShell(account)}` : ''
  return [
    {
      title: 'Create the account', language: 'powershell',
      text: [
        asComment('Creates an ordinary account for Guestbridge. It gets no rights here; the delegation gives them.'),
        "$password = Read-Host -AsSecureString 'Password of the new account'",
        `New-ADUser -Name ${quoteForPowerShell(name)} -SamAccountName ${quoteForPowerShell(name)}${suffix} -AccountPassword $password -Enabled $true -AccountNotDelegated $true -Description 'Guestbridge: shadow accounts of guests'`,
      ].join('\n'),
    },
    { title: 'Remove the account', language: 'powershell', text: [asComment('Asks before it removes the account.'), `Remove-ADUser -Identity ${quoteForPowerShell(name)} -Confirm`].join('\n') },
  ]
}

/** The OU, protected against deletion by mistake; and its removal, which Active Directory refuses while something is in it. */
export function ouScripts(ou: Dn, parent: Dn): readonly ReadinessScript[] {
  return [
    { title: 'Create the OU', language: 'powershell', text: [asComment('Creates one OU.'), `New-ADOrganizationalUnit -Name ${quoteForPowerShell(rdnOf(ou).value)} -Path ${quoteForPowerShell(parent)} -ProtectedFromAccidentalDeletion $true`].join('\n') },
    {
      title: 'Remove the OU', language: 'powershell',
      text: [asComment('Removes the OU where it is empty.'), `Set-ADOrganizationalUnit -Identity ${quoteForPowerShell(ou)} -ProtectedFromAccidentalDeletion $false`, `Remove-ADOrganizationalUnit -Identity ${quoteForPowerShell(ou)} -Confirm`].join('\n'),
    },
  ]
}

const inheritance: Readonly<Record<NeededRight['grant']['on']['kind'], string>> = { object: '', subtree: ' /I:T', descendants: ' /I:S' }

/** https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc771151(v=ws.11): rights;object or property;inherited type. */
function permission(mask: number, named: string | null, on: NeededRight['grant']['on']['kind']): string {
  const rights = dsaclsRights.filter(([bit]) => (mask & bit) !== 0).map(([, name]) => name).join('')
  return [rights, ...(named === null && on !== 'descendants' ? [] : [named ?? '']), ...(on === 'descendants' ? ['user'] : [])].join(';')
}

const dsaclsRights: readonly (readonly [number, string])[] = [
  [directoryRight.createChild, 'CC'], [directoryRight.deleteChild, 'DC'], [directoryRight.listContents, 'LC'], [directoryRight.readProperty, 'RP'],
  [directoryRight.writeProperty, 'WP'], [directoryRight.controlAccess, 'CA'], [directoryRight.delete, 'SD'],
]

/** Windows PowerShell hands an embedded double quote to a program without escaping it; RFC 4514 has another way to write it. */
function target(dn: Dn): string {
  return quoteForPowerShell(dn.replaceAll('\\"', '\\22'))
}

function isDeletedObjects(dn: Dn): boolean {
  const { type, value } = rdnOf(dn)
  return type === 'CN' && value.toLowerCase() === 'deleted objects'
}

/** `svc-guestbridge@contoso.com`, `CONTOSO\svc-guestbridge`, or the first value of a DN. */
export function plainName(account: string): string {
  if (account.includes('@')) return account.slice(0, account.indexOf('@'))
  const [, ofDomain] = /^[^\\=]+\\(.+)$/s.exec(account) ?? []
  if (ofDomain !== undefined) return ofDomain
  const dn = parseDn(account)
  return dn.ok ? rdnOf(dn.value).value : account
}
