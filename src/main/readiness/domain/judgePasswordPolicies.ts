import type { FinerPolicy, PasswordDemands, PasswordPolicy } from '../../connectors/readinessPorts.ts'
import { failed, nameSome, notChecked, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { asComment, quoteForPowerShell } from '../scripts/quote.ts'

/** What connectors/ad/randomPassword.ts makes: four classes of characters, so that complexity is always met. */
export const generatedLength = 40

/** A generated password is set when an account is made, and again when a deleted one comes back: both kinds of policy matter, the first more. */
export function judgePasswordPolicies(domain: PasswordPolicy, finer: readonly FinerPolicy[]): CheckAnswer {
  const more = { read: [`${domain.readFrom}: ${describe(domain)}`, ...finer.map(describeFiner)] }
  const [ofAll, ofSome] = [finer.filter(({ holder }) => holder.kind === 'newAccounts'), finer.filter(({ holder }) => holder.kind === 'existingAccount')]
  if (isUnread(ofAll)) return unread(ofAll, 'new accounts', more)
  const strict = findWinners(ofAll).filter(asksForMore)
  if (strict.length > 0) return tooStrictForNew(strict, more)
  if (ofAll.length === 0 && domain.minimumLength > generatedLength) return tooStrictDomain(domain, more)
  const strictForSome = ofSome.filter(asksForMore)
  if (strictForSome.length > 0) return tooStrictForSome(strictForSome, more)
  if (isUnread(ofSome)) return unread(ofSome, 'accounts in the OU', more)
  const which = ofAll.length === 0 ? 'the policy of the domain' : nameSome(findWinners(ofAll).map(({ dn }) => dn))
  return passed(`Generated passwords (${generatedLength} characters of four classes) meet what holds for new accounts: ${which}. ${finer.length === 0 ? 'No finer policy holds for them or for accounts in the OU.' : ''}`.trim(), more)
}

type More = { readonly read: readonly string[] }

/** msDS-PasswordSettingsPrecedence: the lowest wins; of equals the smaller objectGUID (MS-ADTS 3.1.1.4.5.36), so that either may. */
function findWinners(policies: readonly FinerPolicy[]): readonly FinerPolicy[] {
  const lowest = Math.min(...policies.map(precedenceOf))
  return policies.filter((policy) => precedenceOf(policy) === lowest)
}

function precedenceOf({ demands }: FinerPolicy): number {
  return demands.kind === 'read' ? demands.value.precedence : Infinity
}

function asksForMore({ demands }: FinerPolicy): boolean {
  return demands.kind === 'read' && demands.value.minimumLength > generatedLength
}

function isUnread(policies: readonly FinerPolicy[]): boolean {
  return policies.some(({ demands }) => demands.kind === 'notRead')
}

function tooStrictForNew(strict: readonly FinerPolicy[], more: More): CheckAnswer {
  return failed(
    `${nameSome(strict.map(nameWithLength))}, and holds for new accounts by ${nameSome([...new Set(strict.map(nameHolder))])}; generated passwords have ${generatedLength}: no account could be made.`,
    `Lower the minimum of this policy to ${generatedLength} or less by the script, or apply to Domain Users another one that asks for less and has a lower precedence.`, { ...more, scripts: lowerMinimum(strict) },
  )
}

function tooStrictForSome(strict: readonly FinerPolicy[], more: More): CheckAnswer {
  return warned(
    `${nameSome(strict.map(nameWithLength))}, and holds for ${nameSome(strict.map(nameHolder))}; generated passwords have ${generatedLength}: such an account could not be given a password when it comes back after a deletion.`,
    `Lower the minimum of this policy to ${generatedLength} or less by the script, or take the accounts of guests out of it.`, { ...more, scripts: lowerMinimum(strict) },
  )
}

/** A group of the guests does not help: an account has its password before it is in any group but Domain Users. */
function tooStrictDomain({ minimumLength }: PasswordDemands, more: More): CheckAnswer {
  return failed(
    `The policy of the domain asks for ${minimumLength} characters; generated passwords have ${generatedLength}.`,
    `Lower the minimum to ${generatedLength} or less (Default Domain Policy), or apply a password settings object that asks for no more to Domain Users, the one group that an account is in when it gets its password.`, more,
  )
}

function unread(policies: readonly FinerPolicy[], whom: string, more: More): CheckAnswer {
  const hidden = policies.filter(({ demands }) => demands.kind === 'notRead')
  return notChecked(
    `${nameSome(hidden.map(({ dn }) => dn))} holds for ${whom} (${nameSome(hidden.map(nameHolder))}) instead of the policy of the domain, and our account may not read what it asks for.`,
    `See that it asks for no more than ${generatedLength} characters (Active Directory Administrative Center, System, Password Settings Container); or let our account read it, by the script or from here; or try it on an account: guestbridge doctor --probe.`, more,
  )
}

function lowerMinimum(policies: readonly FinerPolicy[]): NonNullable<CheckAnswer['scripts']> {
  const lines = policies.map(({ dn }) => `Set-ADFineGrainedPasswordPolicy -Identity ${quoteForPowerShell(dn)} -MinPasswordLength ${generatedLength}`)
  return [{ title: 'Lower the minimum', language: 'powershell', text: [asComment('Changes the minimum length of this policy for everybody it applies to, and nothing else.'), ...lines].join('\n') }]
}

function nameWithLength({ dn, demands }: FinerPolicy): string {
  return demands.kind === 'read' ? `${dn} asks for ${demands.value.minimumLength} characters` : dn
}

function nameHolder({ holder }: FinerPolicy): string {
  return holder.kind === 'newAccounts' ? holder.group : holder.account
}

function describeFiner(policy: FinerPolicy): string {
  const { dn, demands } = policy
  return `${dn} for ${nameHolder(policy)}: ${demands.kind === 'read' ? `${describe(demands.value)}, precedence ${demands.value.precedence}` : demands.why}`
}

function describe({ minimumLength, isComplexityRequired }: PasswordDemands): string {
  return `at least ${minimumLength} characters, complexity ${isComplexityRequired ? 'required' : 'not required'}`
}
