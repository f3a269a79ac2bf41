import type { MetaverseAttributeSchema } from './ruleSet.ts'
import type { Place, RulesProblem } from './rulesProblem.ts'
import { unknownName } from './rulesProblem.ts'

/** The attributes of the metaverse type that a rule names; null where there is no such type, which is reported once. */
export type MetaverseAttributes = Readonly<Record<string, MetaverseAttributeSchema>> | null

/** Names are exact: the engine looks them up as they stand. */
export function schemaOf(metaverse: MetaverseAttributes, name: string): MetaverseAttributeSchema | null {
  return metaverse !== null && Object.hasOwn(metaverse, name) ? metaverse[name] ?? null : null
}

export function checkAttributeName(metaverse: MetaverseAttributes, name: string, place: Place): readonly RulesProblem[] {
  if (metaverse === null || Object.hasOwn(metaverse, name)) return []
  return [unknownName(place, 'metaverse attribute', name, Object.keys(metaverse))]
}
