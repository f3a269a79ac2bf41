import { assertNever } from '../../../../shared/domain/assertNever.ts'
import { decodeBase64 } from '../../../../shared/domain/base64.ts'
import type { DelegationChange, DelegationPlanHeader } from '../../../../shared/domain/delegationPlan.ts'
import { readTrust } from '../../../../shared/domain/resourceTrust.ts'
import { hasBit, trustedForDelegation, trustedToAuthenticateForDelegation } from '../userAccountControl.ts'
import { enumerate } from '../wording.ts'
import { delegationValueKey } from './sameDelegationValues.ts'

/**
 * The same changes for those who may not write from here: a script for the ActiveDirectory module and setspn. Accounts are
 * named by objectGUID, so that a rename in between does not matter. Values are quoted for PowerShell: none of them is run.
 */
export function asPowerShell(header: DelegationPlanHeader, changes: readonly DelegationChange[]): string {
  const lines = [
    '#Requires -Modules ActiveDirectory', comment(`Domain ${header.domainSid}, as read at ${header.readAt}. Run it as an administrator of that domain, on a computer of it.`),
    "$ErrorActionPreference = 'Stop'", '',
    ...changes.flatMap((change) => [...describe(change), ...commandsFor(change), '']),
  ]
  return lines.join('\r\n')
}

function describe({ accountName, attribute, reason, needsPrivilege, cautions }: DelegationChange): readonly string[] {
  return [
    comment(`${accountName}: ${attribute}. ${reason}`),
    ...(needsPrivilege ? [comment('Needs the right "Enable computer and user accounts to be trusted for delegation" on the domain controller.')] : []),
    ...cautions.map((caution) => comment(`Note: ${caution}`)),
  ]
}

function commandsFor(change: DelegationChange): readonly string[] {
  switch (change.attribute) {
    case 'msDS-AllowedToDelegateTo': return listCommands(change)
    case 'servicePrincipalName': return nameCommands(change)
    case 'userAccountControl': return bitCommands(change)
    case 'msDS-SupportedEncryptionTypes': return [numberCommand(change)]
    case 'msDS-AllowedToActOnBehalfOfOtherIdentity': return trustCommands(change)
    default: return assertNever(change.attribute)
  }
}

function listCommands(change: DelegationChange): readonly string[] {
  const { added, removed } = differenceOf(change)
  const command = (parameter: 'Add' | 'Remove', values: readonly string[]) => `Set-ADObject -Identity ${quote(change.anchor)} -${parameter} @{${quote(change.attribute)}=@(${values.map(quote).join(', ')})}`
  return [...(removed.length > 0 ? [command('Remove', removed)] : []), ...(added.length > 0 ? [command('Add', added)] : [])]
}

/** setspn -S looks for another owner in the domain first. Arguments of programs are not safe in every PowerShell, so unusual texts go by Set-ADObject. */
function nameCommands(change: DelegationChange): readonly string[] {
  const { added, removed } = differenceOf(change)
  if (![change.accountName, ...added, ...removed].every((text) => /^[\w.:/$-]+$/.test(text))) return listCommands(change)
  const commands = (option: '-S' | '-D', names: readonly string[]) => names.flatMap((spn) => [`setspn ${option} ${quote(spn)} ${quote(change.accountName)}`, stopOnFailure])
  return [...commands('-D', removed), ...commands('-S', added)]
}

/** The preference to stop does not count for programs. */
const stopOnFailure = "if ($LASTEXITCODE -ne 0) { throw 'setspn refused it' }"

/** The two bits of delegation are all that is ever planned (MS-ADTS 2.2.16). */
function bitCommands({ anchor, before, after }: DelegationChange): readonly string[] {
  const [was, becomes] = [Number(before[0] ?? 0), Number(after[0] ?? 0)]
  const bits = [{ bit: trustedToAuthenticateForDelegation, parameter: 'TrustedToAuthForDelegation' }, { bit: trustedForDelegation, parameter: 'TrustedForDelegation' }] as const
  return bits.filter(({ bit }) => hasBit(was ^ becomes, bit))
    .map(({ bit, parameter }) => `Set-ADAccountControl -Identity ${quote(anchor)} -${parameter} ${hasBit(becomes, bit) ? '$true' : '$false'}`)
}

function numberCommand({ anchor, attribute, after: [value] }: DelegationChange): string {
  if (value === undefined) return clearCommand(anchor, attribute)
  return `Set-ADObject -Identity ${quote(anchor)} -Replace @{${quote(attribute)}=[int]${quote(value)}}`
}

/**
 * As octets over ADSI: -PrincipalsAllowedToDelegateToAccount writes the whole descriptor anew, which loses entries of others, and
 * does not find accounts of another domain.
 */
function trustCommands({ anchor, attribute, after: [descriptor] }: DelegationChange): readonly string[] {
  if (descriptor === undefined) return [clearCommand(anchor, attribute)]
  const octets = decodeBase64(descriptor)
  const content = octets === null ? null : readTrust(octets).content
  const trustees = content?.kind === 'descriptor' ? content.entries.flatMap(({ kind, sid }) => (kind === 'allow' && sid !== null ? [sid] : [])) : []
  return [
    comment(`Trusted then: ${enumerate(trustees)}. The parameter for it, where no other entries are to be kept: -PrincipalsAllowedToDelegateToAccount.`),
    `$service = [ADSI]${quote(`LDAP://<GUID=${anchor}>`)}`,
    `$service.Put(${quote(attribute)}, [byte[]][Convert]::FromBase64String(${quote(descriptor)}))`,
    '$service.SetInfo()',
  ]
}

function clearCommand(anchor: string, attribute: string): string {
  return `Set-ADObject -Identity ${quote(anchor)} -Clear ${quote(attribute)}`
}

function differenceOf({ attribute, before, after }: DelegationChange): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  const without = (values: readonly string[], others: readonly string[]) => {
    const known = new Set(others.map((value) => delegationValueKey(attribute, value)))
    return values.filter((value) => !known.has(delegationValueKey(attribute, value)))
  }
  return { added: without(after, before), removed: without(before, after) }
}

/** PowerShell takes typographic quotes for quotes too; each of them is doubled (about_Quoting_Rules). */
function quote(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}

/** One line: what would end it is a blank. */
function comment(text: string): string {
  return `# ${text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`
}
