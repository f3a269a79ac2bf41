import type { Value } from '../../shared/domain/attributes.ts'
import type { AttributeChange, Change } from '../../shared/domain/change.ts'
import { parentDn, rdnOf } from '../../shared/domain/dn.ts'
import { escapeDnValue } from '../../shared/domain/escapeDnValue.ts'

/**
 * The change as LDIF (RFC 2849), for people who read or want to try it. Values that are made at the moment of the write
 * stand as comments: LDIF never holds a secret.
 */
export function renderLdif(change: Change): string {
  const comment = `# ${change.kind}: ${change.reason.kind}, rule ${change.rule}`
  return `${[comment, ...recordLines(change)].map(fold).join('\n')}\n`
}

function recordLines(change: Change): readonly string[] {
  if (change.kind === 'create') {
    const classes = ['top', 'person', 'organizationalPerson', 'user'].map((name) => line('objectClass', name))
    return [line('dn', change.dn), 'changetype: add', ...classes, ...change.attributes.flatMap(addLines)]
  }
  if (change.kind === 'delete') return [line('dn', change.dn), 'changetype: delete']
  const modifications = change.attributes.flatMap((attribute) => [...modifyLines(attribute), '-'])
  const modify = modifications.length > 0 ? [line('dn', change.dn), 'changetype: modify', ...modifications] : []
  if (change.newDn === null) return modify
  const { type, value } = rdnOf(change.newDn)
  const move = [line('dn', change.dn), 'changetype: modrdn', line('newrdn', `${type}=${escapeDnValue(value)}`), 'deleteoldrdn: 1', line('newsuperior', parentDn(change.newDn) ?? '')]
  return modify.length > 0 ? [...modify, '', ...move] : move
}

function addLines({ name, after, isGenerated }: AttributeChange): readonly string[] {
  return isGenerated === true ? [`# ${name}: generated at the moment of the export`] : after.map((value) => line(name, value))
}

function modifyLines({ name, before, after }: AttributeChange): readonly string[] {
  const removed = before.length > 0 ? [`delete: ${name}`, ...before.map((value) => line(name, value))] : []
  const added = after.length > 0 ? [`add: ${name}`, ...after.map((value) => line(name, value))] : []
  return removed.length > 0 && added.length > 0 ? [...removed, '-', ...added] : [...removed, ...added]
}

/** RFC 2849: a value that is not a SAFE-STRING goes as base64. */
function line(name: string, value: Value): string {
  const text = typeof value === 'boolean' ? String(value).toUpperCase() : String(value)
  const isSafe = /^(?![ :<])[\x01-\x09\x0b\x0c\x0e-\x7f]*$/.test(text) && !text.endsWith(' ')
  return isSafe ? `${name}: ${text}` : `${name}:: ${Buffer.from(text, 'utf8').toString('base64')}`
}

/** Lines longer than 76 characters go on behind a blank. */
function fold(text: string): string {
  if (text.length <= 76) return text
  const rest = text.slice(76).match(/.{1,75}/gs) ?? []
  return [text.slice(0, 76), ...rest.map((part) => ` ${part}`)].join('\n')
}
