/**
 * One line of a table (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe: names come from
 * people who may be strangers.
 */
export function renderCsvRecord(fields: readonly string[]): string {
  return `${fields.map(field).join(',')}\r\n`
}

/** OWASP, "CSV Injection": a leading = + - @ tab or carriage return starts a formula, in full width too. */
function field(text: string): string {
  const defused = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused
}
