import { BerWriter, Ber, Control } from 'ldapts'

/** MS-ADTS 3.1.1.3.4.1.11: which parts of a descriptor are meant. */
export const sdParts = { owner: 0x1, group: 0x2, access: 0x4 } as const

/** LDAP_SERVER_SD_FLAGS_OID. Without it the audit list is asked for as well, which only administrators may read: nothing would come. */
export class SdFlags extends Control {
  readonly #parts: number

  constructor(parts: number) {
    super('1.2.840.113556.1.4.801', { critical: true })
    this.#parts = parts
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter()
    value.startSequence()
    value.writeInt(this.#parts)
    value.endSequence()
    writer.writeBuffer(value.buffer, Ber.OctetString)
  }
}
