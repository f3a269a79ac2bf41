import { dnKey, isWithin, parseDn } from '../../shared/domain/dn.ts'
import type { Dn } from '../../shared/domain/ids.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { EngineSettings, LeaverSettings } from '../engine/contract.ts'
import type { CompiledRuleSet } from '../rules/compiled.ts'
import type { LeaverConfiguration, WorkspaceConfiguration } from '../workspace/configuration.ts'
import { hashValue } from './planHash.ts'

/** What of configuration and rules decides about changes, in the form that the engine takes. */
export type DecidingSettings = Omit<EngineSettings, 'now' | 'seed' | 'directorySchema' | 'isRecycleBinOn'> & { readonly guestOu: Dn }

/** What of the directory decides besides its objects, as the last import and the last look found it. */
export type DirectoryFacts = Pick<EngineSettings, 'directorySchema' | 'isRecycleBinOn'>

/** The guest OU and the OU of leavers are always managed; OUs within another managed OU are left out. */
export function decidingSettings(configuration: WorkspaceConfiguration, rules: CompiledRuleSet): Result<DecidingSettings, Problem> {
  const { guestOu, managedOus = [] } = configuration.activeDirectory
  const leavers = leaverSettings(configuration.lifecycle.leavers)
  if (!leavers.ok) return leavers
  const parsed: Dn[] = []
  for (const text of [guestOu, ...managedOus]) {
    const dn = parseDn(text)
    if (!dn.ok) return fail(badOu(text))
    parsed.push(dn.value)
  }
  const [guestDn, ...others] = parsed
  if (guestDn === undefined) throw new Error('The guest OU was parsed above')
  const extra = Object.entries(configuration.rules.parameters ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const)
  return succeed({
    rules,
    guestOu: guestDn,
    parameters: { ...Object.fromEntries(extra), guestou: guestDn },
    managedOus: outermost([guestDn, ...others, ...(leavers.value.action === 'disableAndMove' ? [leavers.value.ou] : [])]),
    leavers: leavers.value,
    createForPendingInvitations: configuration.lifecycle.createForPendingInvitations,
  })
}

/** Every plan is bound to this: other rules or settings make other decisions. */
export function hashOfRules(settings: DecidingSettings): string {
  const { rules, parameters, managedOus, createForPendingInvitations, leavers } = settings
  return hashValue({ rules: rules.source, parameters, managedOus, createForPendingInvitations, leavers })
}

/** The seed of a synchronisation: the same workspace, imports and rules give the same generated values (replay). */
export function engineSettings(settings: DecidingSettings, now: string, workspace: string, facts: DirectoryFacts): EngineSettings {
  return { ...settings, ...facts, now, seed: hashValue({ workspace, rules: hashOfRules(settings) }) }
}

function leaverSettings(leavers: LeaverConfiguration): Result<LeaverSettings, Problem> {
  if (leavers.action === 'leave') return succeed(leavers)
  const deleteAfterDays = leavers.deleteAfterDays ?? null
  if (leavers.action === 'disable') return succeed({ action: 'disable', deleteAfterDays })
  const ou = parseDn(leavers.ou)
  return ou.ok ? succeed({ action: 'disableAndMove', ou: ou.value, deleteAfterDays }) : fail(badOu(leavers.ou))
}

function outermost(ous: readonly Dn[]): readonly Dn[] {
  const distinct = [...new Map(ous.map((ou) => [dnKey(ou), ou])).values()]
  return distinct.filter((ou) => !distinct.some((other) => other !== ou && isWithin(ou, other)))
}

function badOu(text: string): Problem {
  return {
    kind: 'configurationInvalid',
    message: `"${text}" is not a distinguished name.`,
    remedy: 'Correct guestOu, managedOus or the OU of leavers in workspace.json, for example "OU=AAD Guest Users,DC=contoso,DC=com".',
  }
}
