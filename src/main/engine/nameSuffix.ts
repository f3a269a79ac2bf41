import { accountNameLength } from './accountNameRules.ts'

const suffixLength = 2
const suffixCount = 36 ** suffixLength

/**
 * The account name of the n-th attempt: the wish itself (0), then the wish cut to leave room for two base-36 digits. The
 * digits follow from the id alone, so that the same person gets the same name whoever else is in the batch; the attempts
 * of one person are all different. Repeats after 1,296 attempts.
 */
export function accountNameOfAttempt(wish: string, id: string, attempt: number): string {
  if (attempt === 0) return wish
  const number = (hashText(id) + (attempt - 1) * step) % suffixCount
  return `${cutText(wish, accountNameLength - suffixLength)}${number.toString(36).padStart(suffixLength, '0')}`
}

/** Has no factor in common with 1,296, so that the attempts visit every suffix; far apart, so that neighbours do not meet. */
const step = 485

/** FNV-1a, 32 bits: spreads ids well and is nothing to be kept secret. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/** Never leaves half of a surrogate pair. */
function cutText(text: string, length: number): string {
  const cut = text.slice(0, length)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}
