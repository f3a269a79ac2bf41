/** A command of Guestbridge as it is typed again from here. */
export type NameCommand = (...words: readonly string[]) => string

/**
 * Commands that are shown to be copied name the workspace as the person named it: without it they would speak of another one.
 * `workspace`: the folder as it was typed; null for that of this user.
 */
export function commandsOf(workspace: string | null): NameCommand {
  const beginning = workspace === null ? ['guestbridge'] : ['guestbridge', '--workspace', workspace]
  return (...words) => [...beginning, ...words].map(quoteWord).join(' ')
}

/** Double quotes mean the same to PowerShell, cmd and sh, as long as nothing in between is special in one of them. */
function quoteWord(word: string): string {
  if (/^[\w@%+=:,./\\~-]+$/u.test(word)) return word
  return /["$`!\\]/u.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`
}
