import type { BerReader } from 'ldapts'
import { Ber, BerWriter, Control } from 'ldapts'

/** LDAP_SERVER_SHOW_DELETED_OID (MS-ADTS 3.1.1.3.4.1.14): deleted objects count as objects. Critical: a server that does not know it must not answer as if there were none. */
export class ShowDeleted extends Control {
  constructor() {
    super('1.2.840.113556.1.4.417', { critical: true })
  }
}

/** LDAP_DIRSYNC_OBJECT_SECURITY: what the bound account may see. Without it everything comes, and the right to replicate is needed. */
export const dirSyncFlags = { everything: 0, whatIsVisible: 1 } as const
export type DirSyncMode = keyof typeof dirSyncFlags

export const noCookie: Buffer = Buffer.alloc(0)

/** MS-ADTS 3.1.1.3.4.1.3: SEQUENCE { Flags INTEGER, MaxBytes INTEGER, Cookie OCTET STRING }; in the answer Flags is "more". */
export class DirSync extends Control {
  readonly #mode: DirSyncMode
  readonly #cookie: Buffer
  /** Of the answer; null while there is none. */
  answered: { readonly hasMore: boolean; readonly cookie: Buffer } | null = null

  constructor(mode: DirSyncMode, cookie: Buffer) {
    super('1.2.840.113556.1.4.841', { critical: true })
    this.#mode = mode
    this.#cookie = cookie
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter()
    value.startSequence()
    value.writeInt(dirSyncFlags[this.#mode])
    value.writeInt(maxBytes)
    value.writeBuffer(this.#cookie, Ber.OctetString)
    value.endSequence()
    writer.writeBuffer(value.buffer, Ber.OctetString)
  }

  protected override parseControl(reader: BerReader): void {
    if (reader.readSequence() === null) return
    const more = reader.readInt()
    reader.readInt()
    const cookie = reader.readString(Ber.OctetString, true)
    if (more !== null && cookie !== null) this.answered = { hasMore: more !== 0, cookie: Buffer.from(cookie) }
  }
}

/** Of attribute values in one answer; Samba does not care. */
const maxBytes = 1_048_576
