import type { MemberReference } from './tenantGroup.ts'

/** What happened to an object. `properties` are those whose value is another one since, cleared ones included. */
export type ObjectChange =
  | { readonly kind: 'created' }
  | { readonly kind: 'updated'; readonly properties: readonly string[] }
  /** Soft: it can be restored for 30 days. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'restored' }
  /** Gone for good. */
  | { readonly kind: 'erased' }
  | { readonly kind: 'memberAdded'; readonly member: MemberReference }
  | { readonly kind: 'memberRemoved'; readonly member: MemberReference }

/** An object that changed, as the change log names it. */
export type ChangedObject = { readonly type: 'user' | 'group'; readonly id: string }

/** A line of the change log. `sequence` rises by one with each line and is never used again. */
export type LoggedChange = { readonly sequence: number; readonly object: ChangedObject; readonly change: ObjectChange }
