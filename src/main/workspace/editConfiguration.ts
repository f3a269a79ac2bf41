import { applyEdits, modify } from 'jsonc-parser'

/** `value` null takes the key out. */
export type ConfigurationEdit = { readonly path: readonly (string | number)[]; readonly value: unknown }

/** The text of `workspace.json` with other values; comments, order and everything that is not named stay as they are. */
export function editConfiguration(text: string, edits: readonly ConfigurationEdit[]): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' }
  return edits.reduce((edited, { path, value }) => applyEdits(edited, modify(edited, [...path], value ?? undefined, { formattingOptions })), text)
}
