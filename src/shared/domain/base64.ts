/** Base64 of RFC 4648 4, with padding: how binary values travel in attributes. Pure folders have neither Buffer nor atob. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(index, index + 3)
    const bits = (first << 16) | (second << 8) | third
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(bits >> shift) & 63] ?? '').join('')
    text += letters.slice(0, Math.min(4, bytes.length - index + 1)).padEnd(4, '=')
  }
  return text
}

/** Null where the text is not base64. */
export function decodeBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null
  const bytes: number[] = []
  for (let index = 0; index < text.length; index += 4) {
    const bits = Array.from(text.slice(index, index + 4), (letter) => Math.max(0, alphabet.indexOf(letter))).reduce((sum, value) => sum * 64 + value, 0)
    bytes.push((bits >> 16) & 255, (bits >> 8) & 255, bits & 255)
  }
  return Uint8Array.from(bytes.slice(0, bytes.length - (/=*$/.exec(text)?.[0].length ?? 0)))
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
