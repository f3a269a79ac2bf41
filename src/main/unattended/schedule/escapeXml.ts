const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Text for an element or attribute; control characters, which XML 1.0 cannot hold, are left out. */
export function escapeXml(text: string): string {
  return Array.from(text).filter((character) => character >= ' ' || character === '\t').map((character) => entities[character] ?? character).join('')
}
