import { BerWriter, ProtocolOperation } from 'ldapts'
import type { Refusal } from '../refusal.ts'
import type { AnsweredAttribute } from '../search/selection.ts'
import type { Operation } from './parseRequest.ts'

export type Outcome = Pick<Refusal, 'code' | 'message' | 'matchedDn' | 'referrals'>
export type ResponseControl = { readonly oid: string; readonly value: Buffer }

/** How a search ends. */
export type Finished = { readonly outcome: Outcome; readonly controls: readonly ResponseControl[] }

export const succeeded: Outcome = { code: 0, message: '', matchedDn: '', referrals: [] }

type Answered = Exclude<Operation['kind'], 'unbind' | 'abandon'>
const responseTags: Readonly<Record<Answered, number>> = {
  bind: ProtocolOperation.LDAP_RES_BIND, search: ProtocolOperation.LDAP_RES_SEARCH, modify: ProtocolOperation.LDAP_RES_MODIFY,
  add: ProtocolOperation.LDAP_RES_ADD, delete: ProtocolOperation.LDAP_RES_DELETE, rename: ProtocolOperation.LDAP_RES_MODRDN,
  compare: ProtocolOperation.LDAP_RES_COMPARE, extended: ProtocolOperation.LDAP_RES_EXTENSION,
}

/** The LDAPResult that ends an operation (RFC 4511 4.1.9). */
export function encodeResult(id: number, kind: Answered, outcome: Outcome, controls: readonly ResponseControl[] = []): Buffer {
  return encodeMessage(id, responseTags[kind], (writer) => writeResult(writer, outcome), sizeOf(outcome), controls)
}

/** RFC 4511 4.12; `value` and `oid` where the extension has them. */
export function encodeExtended(id: number, outcome: Outcome, extension: { readonly oid?: string; readonly value?: string }): Buffer {
  const write = (writer: BerWriter) => {
    writeResult(writer, outcome)
    if (extension.oid !== undefined) writer.writeString(extension.oid, 0x8a)
    if (extension.value !== undefined) writer.writeString(extension.value, 0x8b)
  }
  return encodeMessage(id, responseTags.extended, write, sizeOf(outcome) + (extension.value?.length ?? 0) * 3, [])
}

/** Unsolicited: the server ends the connection (RFC 4511 4.4.1). */
export function encodeDisconnection(code: number, message: string): Buffer {
  return encodeExtended(0, { code, message, matchedDn: '', referrals: [] }, { oid: '1.3.6.1.4.1.1466.20036' })
}

export function encodeEntry(id: number, dn: string, attributes: readonly AnsweredAttribute[]): Buffer {
  const write = (writer: BerWriter) => {
    writer.writeString(dn)
    writer.startSequence()
    for (const attribute of attributes) {
      writer.startSequence()
      writer.writeString(attribute.name)
      writer.startSequence(0x31)
      for (const value of attribute.values) writer.writeBuffer(value, 0x04)
      writer.endSequence()
      writer.endSequence()
    }
    writer.endSequence()
  }
  const size = attributes.reduce((sum, attribute) => sum + 64 + attribute.values.reduce((inner, value) => inner + value.length + 8, 0), dn.length * 3)
  return encodeMessage(id, ProtocolOperation.LDAP_RES_SEARCH_ENTRY, write, size, [])
}

export function encodeReference(id: number, url: string): Buffer {
  return encodeMessage(id, ProtocolOperation.LDAP_RES_SEARCH_REF, (writer) => writer.writeString(url), url.length * 3, [])
}

/** RFC 2696: an empty cookie ends the search; Windows gives no estimate of the size. */
export function encodePagedValue(cookie: Buffer): Buffer {
  const writer = new BerWriter({ size: 64 + cookie.length })
  writer.startSequence()
  writer.writeInt(0)
  writer.writeBuffer(cookie, 0x04)
  writer.endSequence()
  return writer.buffer
}

/** MS-ADTS 3.1.1.3.4.1.3: whether there is more, an unused number, and where to go on. */
export function encodeDirSyncValue(remaining: 'more' | 'none', cookie: Buffer): Buffer {
  const writer = new BerWriter({ size: 64 + cookie.length })
  writer.startSequence()
  writer.writeInt(remaining === 'more' ? 1 : 0)
  writer.writeInt(0)
  writer.writeBuffer(cookie, 0x04)
  writer.endSequence()
  return writer.buffer
}

/** BerWriter shifts a sequence over 65,535 octets by one without making room, so the room is there from the beginning. */
function encodeMessage(id: number, tag: number, write: (writer: BerWriter) => void, size: number, controls: readonly ResponseControl[]): Buffer {
  const writer = new BerWriter({ size: 256 + size + controls.reduce((sum, one) => sum + one.value.length + 96, 0) })
  writer.startSequence()
  writer.writeInt(id)
  writer.startSequence(tag)
  write(writer)
  writer.endSequence()
  if (controls.length > 0) writeControls(writer, controls)
  writer.endSequence()
  return writer.buffer
}

function writeResult(writer: BerWriter, outcome: Outcome): void {
  writer.writeEnumeration(outcome.code)
  writer.writeString(outcome.matchedDn)
  writer.writeString(outcome.message)
  if (outcome.referrals.length === 0) return
  writer.startSequence(0xa3)
  for (const url of outcome.referrals) writer.writeString(url)
  writer.endSequence()
}

function writeControls(writer: BerWriter, controls: readonly ResponseControl[]): void {
  writer.startSequence(ProtocolOperation.LDAP_CONTROLS)
  for (const control of controls) {
    writer.startSequence()
    writer.writeString(control.oid)
    writer.writeBuffer(control.value, 0x04)
    writer.endSequence()
  }
  writer.endSequence()
}

function sizeOf(outcome: Outcome): number {
  return 3 * (outcome.matchedDn.length + outcome.message.length + outcome.referrals.join('').length) + 64
}
