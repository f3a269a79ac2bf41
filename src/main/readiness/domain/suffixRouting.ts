import type { TrustedName } from '../../connectors/readinessPorts.ts'

/** Why a name with this suffix leads nowhere over a forest trust, or that it is routed. `by`: the record that decides. */
export type Routing =
  | { readonly kind: 'routed'; readonly by: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'new' | 'switchedOff' | 'conflict' | 'excluded'; readonly by: string }

/** A record speaks for its name and all below it; an exclusion in force wins over every suffix (MS-ADTS 6.1.6.9.3). */
export function routeOf(suffix: string, names: readonly TrustedName[]): Routing {
  const matching = names.filter((record) => record.kind !== 'domain' && isWithin(suffix, record.name))
  const excluded = matching.find(({ kind, state }) => kind === 'excluded' && state === 'on')
  if (excluded !== undefined) return { kind: 'excluded', by: excluded.name }
  const suffixes = matching.filter(({ kind }) => kind === 'suffix')
  const open = suffixes.find(({ state }) => state === 'on')
  if (open !== undefined) return { kind: 'routed', by: open.name }
  const [closed] = suffixes
  return closed === undefined || closed.state === 'on' ? { kind: 'unknown' } : { kind: closed.state, by: closed.name }
}

/** Finishes the sentence "the suffix is not routed: …", and says what is to be done. */
export function explainRouting(suffix: string, routing: Exclude<Routing, { readonly kind: 'routed' }>, home: string): { readonly why: string; readonly remedy: string } {
  switch (routing.kind) {
    case 'unknown': return { why: `${suffix} is not among its names`, remedy: `Register ${suffix} as UPN suffix in the forest of ${home}, then enable its routing in the trust (Active Directory Domains and Trusts, Name Suffix Routing).` }
    case 'new': return { why: `${routing.by} was added after the trust was made and is not enabled yet`, remedy: `Enable ${routing.by} in the trust (Name Suffix Routing).` }
    case 'switchedOff': return { why: `${routing.by} was switched off by an administrator`, remedy: `Enable ${routing.by} in the trust (Name Suffix Routing), once it is known why it was switched off.` }
    case 'conflict': return { why: `${routing.by} is claimed by another trust too, and is switched off for the conflict`, remedy: `Find the other forest with ${routing.by} (netdom trust /NameSuffixes for each trust), and take it out of the trust that does not need it.` }
    case 'excluded': return { why: `${routing.by} is excluded`, remedy: `Remove ${routing.by} from the names that the trust excludes (Name Suffix Routing, Edit).` }
  }
}

export function isWithin(name: string, parent: string): boolean {
  return name === parent || name.endsWith(`.${parent}`)
}
