/**
 * The key by which Active Directory compares directory strings (MS-ADTS 3.1.1.2.2.4.13, MS-UCODEREF): without case, without accents
 * and other nonspacing marks, without the difference between hiragana and katakana, or between full and half width. So `Müller` and `muller` are one.
 */
export function collationKey(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  const ofOneWidth = text.replace(widthForms, (form) => form.normalize('NFKC'))
  return ofOneWidth.normalize('NFD').replace(marks, '').replace(katakana, toHiragana).toLowerCase()
}

const widthForms = /[\uFF00-\uFFEF\u3000]/g
const marks = /\p{Mn}/gu
const katakana = /[\u30A1-\u30F6]/g

function toHiragana(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) - 0x60)
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}
