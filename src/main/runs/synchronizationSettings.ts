import type { Schema } from '../../shared/domain/attributes.ts'
import { dnKey, isWithin, parseDn } from '../../shared/domain/dn.ts'
import type { Dn } from '../../shared/domain/ids.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { EngineSettings } from '../engine/contract.ts'
import type { CompiledRuleSet } from '../rules/compiled.ts'
import type { WorkspaceConfiguration } from '../workspace/configuration.ts'
import { hashValue } from './planHash.ts'

/** What of configuration and rules decides about changes, in the form that the engine takes. */
export type DecidingSettings = Omit<EngineSettings, 'now' | 'seed' | 'directorySchema'> & { readonly guestOu: Dn }

/** The guest OU is always managed; OUs within another managed OU are left out. */
export function decidingSettings(configuration: WorkspaceConfiguration, rules: CompiledRuleSet): Result<DecidingSettings, Problem> {
  const { guestOu, managedOus = [] } = configuration.activeDirectory
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
    managedOus: outermost([guestDn, ...others]),
    createForPendingInvitations: configuration.lifecycle.createForPendingInvitations,
  })
}

/** Every plan is bound to this: other rules or settings make other decisions. */
export function hashOfRules(settings: DecidingSettings): string {
  const { rules, parameters, managedOus, createForPendingInvitations } = settings
  return hashValue({ rules: rules.source, parameters, managedOus, createForPendingInvitations })
}

/** The seed of a synchronisation: the same workspace, imports and rules give the same generated values (replay). */
export function engineSettings(settings: DecidingSettings, now: string, workspace: string, directorySchema: Schema): EngineSettings {
  return { ...settings, now, seed: hashValue({ workspace, rules: hashOfRules(settings) }), directorySchema }
}

function outermost(ous: readonly Dn[]): readonly Dn[] {
  const distinct = [...new Map(ous.map((ou) => [dnKey(ou), ou])).values()]
  return distinct.filter((ou) => !distinct.some((other) => other !== ou && isWithin(ou, other)))
}

function badOu(text: string): Problem {
  return {
    kind: 'configurationInvalid',
    message: `"${text}" is not a distinguished name.`,
    remedy: 'Correct guestOu or managedOus in workspace.json, for example "OU=AAD Guest Users,DC=contoso,DC=com".',
  }
}
