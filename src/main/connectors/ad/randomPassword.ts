import { randomInt } from 'node:crypto'

const classes = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz', '0123456789', '!#$%&()*+,-./:;<=>?@[]^_{|}~'] as const
const alphabet = classes.join('')
/** 40 of 91 characters: 260 bits, above any policy's minimum and below the 127 characters that older tools take. */
const length = 40

/**
 * A value for unicodePwd: a random password in quotation marks as UTF-16LE (MS-ADTS 3.1.1.3.1.5.1). Never a string, which could
 * not be wiped; the caller wipes the buffer when it is sent. `randomInt` draws again rather than favour some characters.
 */
export function generateUnicodePwd(): Buffer {
  const quote = '"'.charCodeAt(0)
  const value = Buffer.alloc((length + 2) * 2)
  value.writeUInt16LE(quote, 0)
  value.writeUInt16LE(quote, (length + 1) * 2)
  do {
    for (let index = 1; index <= length; index += 1) value.writeUInt16LE(alphabet.charCodeAt(randomInt(alphabet.length)), index * 2)
  } while (!hasAllClasses(value))
  return value
}

/** Policies that ask for complexity count upper case, lower case, digits and others. */
function hasAllClasses(value: Buffer): boolean {
  return classes.every((characters) => Array.from({ length }, (_, index) => value.readUInt16LE((index + 1) * 2)).some((code) => characters.includes(String.fromCharCode(code))))
}
