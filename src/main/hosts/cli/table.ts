import stringWidth from 'string-width'

export type Column<Row> = { readonly title: string; readonly value: (row: Row) => string; readonly align?: 'right'; readonly maximum?: number }

/** Lines of a table for a terminal. Widths are those that a terminal gives (CJK and emoji take two cells). */
export function renderTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): readonly string[] {
  const cells = rows.map((row) => columns.map((column) => shorten(singleLine(column.value(row)), column.maximum ?? 60)))
  const widths = columns.map((column, index) => Math.max(stringWidth(column.title), ...cells.map((row) => stringWidth(row[index] ?? ''))))
  const draw = (row: readonly string[]) => row.map((text, index) => pad(text, widths[index] ?? 0, columns[index]?.align)).join('  ').trimEnd()
  return [draw(columns.map((column) => column.title)), draw(widths.map((width) => '─'.repeat(width))), ...cells.map(draw)]
}

/** Names come from other systems: control characters must not reach the terminal. */
export function singleLine(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

function shorten(text: string, maximum: number): string {
  if (stringWidth(text) <= maximum) return text
  let short = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(short + segment) > maximum - 1) break
    short += segment
  }
  return `${short}…`
}

function pad(text: string, width: number, align: 'right' | undefined): string {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? blanks + text : text + blanks
}
