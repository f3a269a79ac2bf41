/** A child's DN with its value escaped (RFC 4514 2.4): special signs by backslash, what cannot be seen as hex pairs. */
export function distinguishedName(type: 'CN' | 'OU', value: string, parent: string): string {
  const escaped = value
    .replaceAll(/[,+"\\<>;=]/g, (sign) => `\\${sign}`)
    // By code point: control characters in a pattern are easily misread.
    .replaceAll(/./gsu, (sign) => ((sign.codePointAt(0) ?? 0) < 0x20 ? `\\${(sign.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}` : sign))
    .replace(/^[ #]/, (sign) => `\\${sign}`)
    .replace(/ $/, '\\ ')
  return `${type}=${escaped},${parent}`
}
