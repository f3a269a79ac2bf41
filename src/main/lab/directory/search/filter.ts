/** RFC 4511 4.5.1.7; values are the octets that were asked for, not yet read by any syntax. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'equal' | 'approximate'; readonly attribute: string; readonly value: Buffer }
  | { readonly kind: 'atLeast' | 'atMost'; readonly attribute: string; readonly value: Buffer }
  | { readonly kind: 'substrings'; readonly attribute: string; readonly initial: Buffer | null; readonly middle: readonly Buffer[]; readonly final: Buffer | null }
  | { readonly kind: 'present'; readonly attribute: string }
  | { readonly kind: 'extensible'; readonly rule: string | null; readonly attribute: string | null; readonly value: Buffer }
