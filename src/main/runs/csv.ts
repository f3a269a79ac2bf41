import type { Value } from '../../shared/domain/attributes.ts'
import type { Change } from '../../shared/domain/change.ts'
import { renderCsvRecord } from '../../shared/domain/csvRecord.ts'
import { describeReason, describeUndo } from '../../shared/domain/describeReason.ts'

/** Names of the columns, in order; they stay as they are, because people build their sheets on them. */
const columns = ['change', 'dn', 'newDn', 'displayName', 'company', 'userPrincipalName', 'attribute', 'before', 'after', 'source', 'reason', 'rule', 'undo', 'metaverseId', 'hash'] as const

/** First line of the table (RFC 4180). */
export function csvHeader(): string {
  return renderCsvRecord(columns)
}

/**
 * One line an attribute, or one for a change without any. Values that are made at the moment of the write are named, never
 * shown.
 */
export function renderCsv(change: Change, hash: string): string {
  const { kind, dn, subject, rule, metaverseId } = change
  const newDn = change.kind === 'create' ? null : change.newDn
  const head = [kind, dn, newDn ?? '', subject.displayName ?? '', subject.company ?? '', subject.userPrincipalName ?? '']
  const tail = [describeReason(change.reason), rule, describeUndo(change.undo), metaverseId, hash]
  if (change.attributes.length === 0) return renderCsvRecord([...head, '', '', '', '', ...tail])
  return change.attributes.map(({ name, before, after, isGenerated, from }) => (
    renderCsvRecord([...head, name, texts(before), isGenerated === true ? '(generated at the export)' : texts(after), from.source, ...tail])
  )).join('')
}

function texts(values: readonly Value[]): string {
  return values.map(String).join(' | ')
}
