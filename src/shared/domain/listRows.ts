import type { ChangeKind } from './change.ts'

/** A change of the plan as a list shows it. */
export type ChangeRow = {
  readonly metaverseId: string
  readonly kind: ChangeKind
  readonly dn: string
  readonly displayName: string | null
  readonly company: string | null
  /** The reason as a sentence. */
  readonly why: string
  readonly rule: string
  readonly attributes: readonly string[]
  readonly hash: string
}

/** A metaverse object as a list shows it. */
export type PersonRow = {
  readonly metaverseId: string
  readonly displayName: string | null
  readonly company: string | null
  readonly userPrincipalName: string | null
  readonly connectors: readonly ('entra' | 'ad')[]
}
