/** How much of a page is kept: enough to recognise it. */
const keptCharacters = 300

/** Text of a page or of a plain answer, without markup and without characters that a terminal obeys. */
export function readPageText(body: string): string {
  const text = body
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|#64);/g, (_, name: string) => entities[name] ?? ' ')
  const line = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').replace(/\s+/g, ' ').trim()
  return line.length > keptCharacters ? `${line.slice(0, keptCharacters)}…` : line
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#64': '@' }

/**
 * The name by which headers or page call the guest; the longest of `names` that occurs as a word of its own. Null: none
 * does. Backslashes before `@` are those of RFC 1964 names, as REMOTE_USER of Apache has them.
 */
export function findSeenAs(answer: string, names: readonly string[]): string | null {
  const text = answer.replaceAll('\\@', '@').replaceAll('&#64;', '@').toLowerCase()
  return [...names].sort((left, right) => right.length - left.length).find((name) => name !== '' && occursAsWord(text, name.toLowerCase())) ?? null
}

function occursAsWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!isPartOfName(text[at - 1]) && !isPartOfName(text[at + name.length])) return true
  }
  return false
}

/** A dot ends a sentence as often as it goes on with a name, so it does not count. */
function isPartOfName(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_#-]/u.test(character)
}
