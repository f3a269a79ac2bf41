import type { AttributeDefinition, ClassDefinition } from './schema.ts'
import { attributeDefinitions, classDefinitions, findClass, knownClass } from './schema.ts'

/** What an entry of a class must and may have, its ancestors and auxiliary classes included; names in lower case. */
export type ClassRules = {
  readonly definition: ClassDefinition
  /** The attribute that names its entries: `cn`, `ou`, `dc`. */
  readonly naming: string
  /** objectClass as it is stored: `top` first, the most specific class last. */
  readonly chain: readonly string[]
  readonly must: ReadonlySet<string>
  readonly allowed: ReadonlySet<string>
  /** Names of the classes that may be its parent. */
  readonly superiors: ReadonlySet<string>
}

const rulesByClass = new Map(classDefinitions.map((definition) => [definition.name, deriveRules(definition)]))

/** `name` in the schema's spelling. */
export function rulesOf(name: string): ClassRules {
  const rules = rulesByClass.get(name)
  if (rules === undefined) throw new Error(`The schema table lacks the class ${name}`)
  return rules
}

/** Structural classes that may be created in an entry of the given class. */
export function childClassesOf(parentChain: readonly string[]): readonly ClassDefinition[] {
  return classDefinitions.filter((definition) => isStructural(definition) && parentChain.some((parent) => rulesOf(definition.name).superiors.has(parent)))
}

export function isStructural(definition: ClassDefinition): boolean {
  return definition.category === undefined || definition.category <= 1
}

/** The attributes that an entry with this objectClass may have. */
export function allowedAttributesOf(chain: readonly string[]): readonly AttributeDefinition[] {
  const allowed = allowedNames(chain)
  return attributeDefinitions.filter((attribute) => allowed.has(attribute.name.toLowerCase()))
}

/** Auxiliary classes may have been added to the chain of the structural class. */
export function allowedNames(chain: readonly string[]): ReadonlySet<string> {
  const last = chain.at(-1)
  const base = last === undefined ? new Set<string>() : rulesOf(last).allowed
  const added = chain.filter((name) => findClass(name)?.category === 3)
  return added.length === 0 ? base : new Set([...base, ...added.flatMap((name) => [...rulesOf(name).allowed])])
}

function deriveRules(definition: ClassDefinition): ClassRules {
  const ancestors = ancestorsOf(definition)
  const all = [...new Set(ancestors.flatMap((ancestor) => [ancestor, ...auxiliariesOf(ancestor)]))]
  const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase())
  const must = new Set(all.flatMap((one) => lower(one.must ?? [])))
  return {
    definition,
    naming: ancestors.find((ancestor) => ancestor.rdn !== undefined)?.rdn ?? 'cn',
    chain: ancestors.map((ancestor) => ancestor.name).toReversed(),
    must,
    allowed: new Set([...must, ...all.flatMap((one) => lower(one.may ?? []))]),
    superiors: new Set(ancestors.flatMap((ancestor) => ancestor.superiors ?? [])),
  }
}

/** Itself first, `top` last (whose superior is `top`). */
function ancestorsOf(definition: ClassDefinition): readonly ClassDefinition[] {
  return definition.superior === definition.name ? [definition] : [definition, ...ancestorsOf(knownClass(definition.superior))]
}

function auxiliariesOf(definition: ClassDefinition): readonly ClassDefinition[] {
  return (definition.auxiliary ?? []).flatMap((name) => ancestorsOf(knownClass(name)).flatMap((one) => [one, ...auxiliariesOf(one)]))
}
