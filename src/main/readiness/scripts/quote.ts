/**
 * A text as one literal of PowerShell, whatever it holds. Within single quotes nothing is expanded; PowerShell takes the
 * typographic ones (U+2018 to U+201B) for the same quote, so each of them is doubled
 * (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules).
 */
export function quoteForPowerShell(text: string): string {
  return `'${oneLine(text).replaceAll(/['\u2018-\u201b]/g, (quote) => quote + quote)}'`
}

/** As one word of a POSIX shell (POSIX.1-2017, 2.2.2). */
export function quoteForShell(text: string): string {
  return `'${oneLine(text).replaceAll("'", "'\\''")}'`
}

/** For a comment: nothing in it may end the line. */
export function asComment(text: string): string {
  return `# ${oneLine(text)}`
}

/** Line breaks and other control characters have no business in a name; a terminal would act on them when the script is pasted. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u0085]/gu, '\u{fffd}')
}
