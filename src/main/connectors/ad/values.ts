import { isUtf8 } from 'node:buffer'
import type { Syntax, Value } from '../../../shared/domain/attributes.ts'
import { parseDn } from '../../../shared/domain/dn.ts'
import { guidFromBytes, guidToBytes, parseObjectGuid, parseSid, sidFromBytes, sidToBytes } from '../../../shared/domain/ids.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'

/** `expected` finishes the sentence "the value is not …". */
export type ValueProblem = { readonly expected: string }

/** A value as it came, in the form of the domain (`Value`): numbers and booleans as such, large integers and times as text. */
export function decodeValue(bytes: Uint8Array, syntax: Syntax): Result<Value, ValueProblem> {
  switch (syntax) {
    case 'guid': return otherwise(guidFromBytes(bytes), 'a GUID of 16 bytes')
    case 'sid': return otherwise(sidFromBytes(bytes), 'a security identifier')
    case 'binary': return succeed(Buffer.from(bytes).toString('base64'))
    default: {
      const text = decodeText(bytes)
      return text === null ? fail({ expected: 'UTF-8' }) : decodeFromText(text, syntax)
    }
  }
}

/** A value as it is sent: octets where text would be changed on the way. */
export function encodeValue(value: Value, syntax: Syntax): Result<Buffer, ValueProblem> {
  const text = typeof value === 'boolean' ? String(value).toUpperCase() : String(value)
  switch (syntax) {
    case 'guid': {
      const guid = parseObjectGuid(text)
      return guid.ok ? succeed(Buffer.from(guidToBytes(guid.value))) : fail({ expected: 'a GUID' })
    }
    case 'sid': {
      const sid = parseSid(text)
      return sid.ok ? succeed(Buffer.from(sidToBytes(sid.value))) : fail({ expected: 'a security identifier (S-1-…)' })
    }
    case 'binary': return isBase64(text) ? succeed(Buffer.from(text, 'base64')) : fail({ expected: 'base64' })
    default: return succeed(Buffer.from(text, 'utf8'))
  }
}

function decodeFromText(text: string, syntax: Exclude<Syntax, 'guid' | 'sid' | 'binary'>): Result<Value, ValueProblem> {
  switch (syntax) {
    case 'dn': return otherwise(parseDn(text), 'a distinguished name')
    case 'integer': return /^-?\d{1,10}$/.test(text) ? succeed(Number(text)) : fail({ expected: 'an integer of 32 bits' })
    // RFC 4517 3.3.3
    case 'boolean': return text === 'TRUE' || text === 'FALSE' ? succeed(text === 'TRUE') : fail({ expected: 'TRUE or FALSE' })
    case 'text':
    case 'largeInteger':
    case 'time':
      return succeed(text)
  }
}

/** Null where the bytes are not UTF-8. A strict TextDecoder says the same and takes three times as long. */
function decodeText(bytes: Uint8Array): string | null {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : null
}

function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text
}

function otherwise(result: Result<Value, unknown>, expected: string): Result<Value, ValueProblem> {
  return result.ok ? result : fail({ expected })
}
