/** One thing that is typed: keys one after the other, or a text that is pasted. Each changes how many rows are left. */
export type SearchStep = { readonly way: string; readonly kind: 'key' | 'paste'; readonly text: string }

/** How people look for somebody, one search of the empty field after the other. */
export const searches: readonly (readonly SearchStep[])[] = [
  ...['52081', '98143', '61537', '95264', '60918', '57390'].map((number) => [
    ...[...number].map((text, index) => ({ way: index === 0 ? 'one letter' : 'growing', kind: 'key' as const, text })),
    ...[...number].map(() => ({ way: 'deleting', kind: 'key' as const, text: 'Backspace' })),
  ]),
  ...['guest.40717_partner.example#ext#@contoso', '3f2a7c10-0000-4000-8000-00000001', 'gäst 9917', 'partner 55 №', 'guest.8812@partner.example', 'gäst № 3141'].map((text) => pasted('long text', text)),
  ...['zq#', 'guest nobody', '123456789', 'gäst § 1'].map((text) => pasted('no hit', text)),
]

function pasted(way: string, text: string): readonly SearchStep[] {
  // The field is emptied by one key, all of it being marked.
  return [{ way, kind: 'paste', text }, { way: 'deleting', kind: 'key', text: 'Delete' }]
}
