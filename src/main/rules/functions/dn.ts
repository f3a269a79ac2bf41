import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { scanDn } from '../../../shared/domain/scanDn.ts'
import { nothing } from '../values.ts'
import type { ExpressionFunction, Outcome } from './definition.ts'
import { defineFunction } from './definition.ts'
import { choice, count, optional, text, textOrNull } from './parameters.ts'

/** Functions of distinguished names. */
export const dnFunctions: readonly ExpressionFunction[] = [
  defineFunction({ name: 'EscapeDNComponent', returns: 'text', parameters: [text('text')], evaluate: ([given]) => escapeComponent(given) }),
  defineFunction({
    name: 'DNComponent', returns: 'text', parameters: [textOrNull('dn'), count('number')],
    evaluate: ([dn, number]) => takeComponent(dn, (components) => components[number - 1])
  }),
  defineFunction({
    name: 'DNComponentRev', returns: 'text', parameters: [textOrNull('dn'), count('number'), optional(choice('options', ['ALL', 'DC']), 'ALL')],
    evaluate: ([dn, number, options]) => takeComponent(dn, (components) => {
      const counted = options === 'DC' ? components.filter((component) => component.type.toUpperCase() !== 'DC') : components
      return number < 1 ? undefined : counted.at(-number)
    })
  }),
  defineFunction({
    name: 'CRef', returns: 'text', parameters: [textOrNull('dn')],
    evaluate: ([dn]) => {
      const components = dn === null ? succeed([]) : readComponents(dn)
      return components.ok ? succeed(dn === null ? nothing : [dn]) : components
    }
  })
]

/**
 * Escapes one component as MIM does for LDAP: `, = + < > # ; \ "` wherever they stand, a blank at either end, control
 * characters as hex. A leading `CN=` or `OU=` is the type and stays, without the blanks around it. An object cannot be
 * named by nothing, so a component without value is a failure.
 */
function escapeComponent(given: string): Outcome {
  const typed = /^\s*(CN|OU)\s*=/i.exec(given)
  const value = typed === null ? given : given.slice(typed[0].length)
  if (value.trim() === '') return fail('an object cannot be named by an empty text')
  const escaped = value
    .replace(/[,=+<>#;\\"]/g, String.raw`\$&`)
    .replace(/[\u0000-\u001f\u007f]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`)
    .replace(/^ | $/g, String.raw`\ `)
  return succeed([typed === null ? escaped : `${typed[1]}=${escaped}`])
}

type Component = { readonly type: string; readonly value: string }

/** The unescaped value; null where the DN has no such component. */
function takeComponent(dn: string | null, choose: (components: readonly Component[]) => Component | undefined): Outcome {
  if (dn === null || dn === '') return succeed(nothing)
  const components = readComponents(dn)
  if (!components.ok) return components
  const chosen = choose(components.value)
  return succeed(chosen === undefined ? nothing : [chosen.value])
}

/** Of a multi-valued component (`CN=a+OU=b`) the first pair. */
function readComponents(dn: string): Result<readonly Component[], string> {
  const names = scanDn(dn)
  if (!names.ok) return fail(`"${dn.slice(0, 80).toWellFormed()}" is not a distinguished name`)
  return succeed(names.value.flatMap((name) => name.slice(0, 1)))
}
