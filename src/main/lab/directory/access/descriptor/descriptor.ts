/** An access control entry (MS-DTYP 2.4.4); GUIDs in lower case, null for "every property, class or extended right". */
export type Ace = {
  readonly kind: 'allow' | 'deny' | 'audit'
  readonly flags: number
  readonly mask: number
  readonly objectType: string | null
  readonly inheritedType: string | null
  readonly sid: string
}

/** A security descriptor (MS-DTYP 2.4.6). A list is null where there is none. */
export type Descriptor = {
  readonly owner: string | null
  readonly group: string | null
  /** SE_DACL_PROTECTED: nothing is inherited from the parent. */
  readonly inheritance: 'open' | 'blocked'
  readonly dacl: readonly Ace[] | null
  readonly sacl: readonly Ace[] | null
}

/** MS-DTYP 2.4.4.1. */
export const aceFlag = { containerInherit: 0x2, noPropagate: 0x4, inheritOnly: 0x8, inherited: 0x10 } as const

/** MS-ADTS 5.1.3.2. */
export const right = {
  createChild: 0x1, deleteChild: 0x2, listContents: 0x4, self: 0x8, readProperty: 0x10, writeProperty: 0x20, deleteTree: 0x40, listObject: 0x80, controlAccess: 0x100,
  delete: 0x1_0000, readControl: 0x2_0000, writeDacl: 0x4_0000, writeOwner: 0x8_0000,
} as const

/** Parts of a descriptor, as LDAP_SERVER_SD_FLAGS_OID names them (MS-ADTS 3.1.1.3.4.1.11). */
export const descriptorPart = { owner: 1, group: 2, dacl: 4, sacl: 8 } as const
export const wholeDescriptor = 15

const generic = [[0x1000_0000, 0xf_01ff], [0x8000_0000, 0x2_0094], [0x4000_0000, 0x2_0028], [0x2000_0000, 0x2_0004]] as const

/** GENERIC_ALL and its like in the rights of the directory (MS-ADTS 5.1.3.2.1). */
export function mapGeneric(mask: number): number {
  const specific = mask & 0x0fff_ffff
  return generic.reduce((mapped, [bit, rights]) => ((mask & bit) === 0 ? mapped : mapped | rights), specific)
}
