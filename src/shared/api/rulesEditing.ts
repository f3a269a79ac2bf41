import { z } from 'zod'
import type { Value } from '../domain/attributes.ts'
import type { ConnectorName } from '../domain/connectorObject.ts'
import type { RuleSetComparison, RuleTest } from './ruleResults.ts'

/** Rules and configuration as texts that a person edits: read, checked, tried, compared and saved. */
const text = z.string().max(2_000_000)
const note = z.string().trim().min(1).max(1000)

export const editingInputs = {
  'rules.validate': z.strictObject({ text }),
  /** Every flow of the text on one object, as a synchronisation with these rules would evaluate it. Nothing is stored. */
  'rules.try': z.strictObject({ text, on: z.string().min(1).max(2000) }),
  /** What the text would decide differently about the data of the last imports. Nothing is stored. */
  'rules.compareText': z.strictObject({ text, limit: z.int().min(1).max(1000) }),
  /** `before`: the text in force that the person has seen; another one by now is not written over. */
  'rules.save': z.strictObject({ text, before: text, note }),
  'rules.versions': z.strictObject({}),
  'rules.version': z.strictObject({ version: z.union([z.int().min(1), z.enum(['guestbridge', 'tutorial', 'tutorial-ou'])]) }),
  'rules.vocabulary': z.strictObject({}),
  /** The configuration with other values (null takes a key out), and what is wrong with it then. Nothing is stored. */
  'configuration.edit': z.strictObject({ edits: z.array(z.strictObject({ path: z.array(z.union([z.string().max(200), z.int().min(0)])).min(1).max(10), value: z.json() })).max(100) }),
  'configuration.save': z.strictObject({ text, before: text, note }),
} as const

export type EditingOutputs = {
  'rules.validate': { readonly problems: readonly RulesTextProblem[]; /** Null where there are problems. */ readonly outline: RulesOutline | null }
  'rules.try': readonly RuleTry[]
  'rules.compareText': RuleSetComparison & { /** Attributes that these rules read and no import has brought yet: they count as empty. */ readonly notImported: readonly { readonly connector: ConnectorName; readonly attribute: string }[] }
  'rules.save': { readonly version: number }
  'rules.versions': { readonly inForce: string; readonly versions: readonly RulesVersion[] }
  'rules.version': { readonly text: string }
  'rules.vocabulary': RulesVocabulary
  'configuration.edit': { readonly before: string; readonly after: string; readonly problems: readonly ConfigurationFault[] }
  'configuration.save': { /** Number of the kept copy of what was there before. */ readonly kept: number }
}

/** A problem and its place: offsets into the text. `position` is the character of an expression, from 1. */
export type RulesTextProblem = { readonly path: string; readonly message: string; readonly position: number | null; readonly from: number; readonly to: number }

export type ConfigurationFault = { readonly path: string; readonly line: number; readonly column: number; readonly message: string; readonly allowed: string }

/** Either what a rule gives on the object, or why it cannot be tried there. */
export type RuleTry = { readonly rule: string; readonly test: Omit<RuleTest, 'subject'> | null; readonly why: string | null }

export type RulesVersion = { readonly version: number; readonly name: string; readonly savedAt: string | null; readonly actor: string | null; readonly note: string | null; readonly isInForce: boolean }

export type RulesVocabulary = {
  readonly functions: readonly { readonly name: string; readonly signature: string }[]
  readonly attributes: Readonly<Record<ConnectorName, readonly string[]>>
  readonly parameters: readonly string[]
  readonly operators: readonly string[]
}

/** A rule set as the pictures and tables show it. */
export type RulesOutline = {
  readonly name: string
  readonly description: string | null
  readonly rules: readonly OutlinedRule[]
  readonly metaverse: readonly OutlinedAttribute[]
}

export type OutlinedRule = {
  readonly name: string
  readonly description: string | null
  readonly direction: 'inbound' | 'outbound'
  readonly connector: ConnectorName
  readonly objectType: string
  readonly metaverseType: string
  readonly create: boolean
  readonly scope: readonly (readonly { readonly attribute: string; readonly operator: string; readonly value: string | null }[])[]
  readonly joins: readonly { readonly connectorAttribute: string; readonly metaverseAttribute: string }[]
  readonly flows: readonly OutlinedFlow[]
}

export type FlowKind = 'direct' | 'expression' | 'constant' | 'generated'
export type OutlinedFlow = {
  readonly to: string
  readonly kind: FlowKind
  /** Attribute name, expression, or the constant as it stands in the file. */
  readonly source: string
  /** Attributes that are read, in the order of the expression. */
  readonly reads: readonly string[]
  readonly constant: Value | null
  readonly initialOnly: boolean
  readonly allowNull: boolean
}

export type OutlinedAttribute = {
  readonly objectType: string
  readonly name: string
  readonly type: string
  readonly isMultiValued: boolean
  readonly isMerged: boolean
  /** Inbound rules that contribute it, strongest first. */
  readonly contributors: readonly string[]
  /** "AD-B2B-OUT → sn". */
  readonly readBy: readonly { readonly rule: string; readonly to: string }[]
}
