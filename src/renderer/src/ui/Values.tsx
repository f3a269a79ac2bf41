import type { ReactNode } from 'react'
import type { Value } from '../../../shared/domain/attributes.ts'
import { texts } from '../texts.ts'

/** Values one below the other, each in its own direction of writing. */
export function Values({ values }: { readonly values: readonly Value[] | null }): ReactNode {
  if (values === null || values.length === 0) return <span role="img" aria-label={texts.evidence.noValue}>∅</span>
  return values.map((value, index) => <div key={`${index}-${String(value)}`}><bdi>{String(value)}</bdi></div>)
}
