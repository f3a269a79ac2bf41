/**
 * What a search compares: letters without case and marks, and without the signs that people leave out when they type a name
 * ("obrien" finds O'Brien, "soren sorensen" Søren Sørensen). The same is done to the text and to what is looked for, so what
 * is typed exactly is found, too. A word of marks alone becomes empty.
 */
export function foldText(text: string): string {
  const lowered = text.toLowerCase()
  if (!unusual.test(lowered)) return lowered
  return lowered.normalize('NFD').replaceAll(dropped, '').replaceAll(/[æœøłđðþßı]/g, (letter) => letters[letter] ?? letter)
}

const unusual = /['`\u0080-\uffff]/
/** Marks that NFD has taken off a Latin, Greek or Cyrillic letter; those of other scripts are letters to their readers. */
const dropped = /[\u0300-\u036f'`\u2018\u2019\u02bc]/g
/** Letters that Unicode does not take apart. */
const letters: Readonly<Record<string, string>> = { æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', ı: 'i' }
