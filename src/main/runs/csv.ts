import type { Value } from '../../shared/domain/attributes.ts'
import type { Change } from '../../shared/domain/change.ts'
import { describeReason, describeUndo } from '../../shared/domain/describeReason.ts'

/** Names of the columns, in order; they stay as they are, because people build their sheets on them. */
const columns = ['change', 'dn', 'newDn', 'displayName', 'company', 'userPrincipalName', 'attribute', 'before', 'after', 'source', 'reason', 'rule', 'undo', 'metaverseId', 'hash'] as const

/** First line of the table (RFC 4180). */
export function csvHeader(): string {
  return record(columns)
}

/**
 * One line an attribute, or one for a change without any. Values that are made at the moment of the write are named, never
 * shown. What a spreadsheet would take for a formula begins with an apostrophe: names come from people who may be strangers.
 */
export function renderCsv(change: Change, hash: string): string {
  const { kind, dn, subject, rule, metaverseId } = change
  const newDn = change.kind === 'create' ? null : change.newDn
  const head = [kind, dn, newDn ?? '', subject.displayName ?? '', subject.company ?? '', subject.userPrincipalName ?? '']
  const tail = [describeReason(change.reason), rule, describeUndo(change.undo), metaverseId, hash]
  if (change.attributes.length === 0) return record([...head, '', '', '', '', ...tail])
  return change.attributes.map(({ name, before, after, isGenerated, from }) => (
    record([...head, name, texts(before), isGenerated === true ? '(generated at the export)' : texts(after), from.source, ...tail])
  )).join('')
}

function texts(values: readonly Value[]): string {
  return values.map(String).join(' | ')
}

function record(fields: readonly string[]): string {
  return `${fields.map(field).join(',')}\r\n`
}

/** OWASP, "CSV Injection": a leading = + - @ tab or carriage return starts a formula, in full width too. */
function field(text: string): string {
  const defused = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused
}
