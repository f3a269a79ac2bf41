import { sameValues, valuesOf } from '../../shared/domain/attributes.ts'
import type { AttributeChange } from '../../shared/domain/change.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'

/**
 * The differences that take written ones back. An attribute that has its former value already needs nothing; one that has
 * neither was changed by somebody else, and its name is the problem. Of userAccountControl the written bits alone count and
 * go back (sync-semantics 3). A generated password has no former value that anybody could know.
 */
export function reverseAttributes(attributes: readonly AttributeChange[], account: ConnectorObject): Result<readonly AttributeChange[], string> {
  const reversed: AttributeChange[] = []
  for (const written of attributes) {
    if (written.isGenerated === true) continue
    const now = valuesOf(account.attributes, written.name)
    const change = written.name.toLowerCase() === 'useraccountcontrol' ? { ...written, ...reverseBits(written, Number(now[0] ?? 0)) } : { ...written, before: written.after, after: written.before }
    if (sameValues(now, change.after)) continue
    if (!sameValues(now, change.before)) return fail(written.name)
    reversed.push(change)
  }
  return succeed(reversed)
}

/** Bit 31 is never set in userAccountControl, so 32-bit arithmetic is exact. */
function reverseBits({ before, after }: AttributeChange, now: number): Pick<AttributeChange, 'before' | 'after'> {
  const [former, written] = [Number(before[0] ?? 0), Number(after[0] ?? 0)]
  const bits = former ^ written
  const rest = now & ~bits
  return { before: [rest | (written & bits)], after: [rest | (former & bits)] }
}
