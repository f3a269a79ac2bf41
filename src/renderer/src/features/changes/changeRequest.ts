import { changeKinds } from '../../../../shared/domain/change.ts'
import type { OpenedView } from '../../../../shared/api/views.ts'
import type { Route } from '../../app/route.ts'
import type { ViewRequest } from '../../app/useView.ts'
import { texts } from '../../texts.ts'
import type { ListHeading } from '../../ui/listPlaces.ts'

export const facetNames = ['kind', 'company', 'attribute', 'rule', 'reason'] as const

/** What the address asks for. The order is that of the plan: what harms most comes first. */
export function requestOf(parameters: Route['parameters']): ViewRequest {
  const facets = Object.fromEntries(facetNames.flatMap((name) => { const value = parameters[name]; return value === undefined ? [] : [[name, value.split('\n')]] }))
  return { text: parameters['text'] ?? '', sort: null, facets }
}

/** Where each kind begins. A facet counts what all others leave, so kinds that are not chosen do not count here. */
export function headingsOf(facets: OpenedView['facets'], chosen: readonly string[]): readonly ListHeading[] {
  const counts = new Map((facets['kind'] ?? []).map(({ value, count }) => [value, count]))
  let before = 0
  return changeKinds.flatMap((kind): readonly ListHeading[] => {
    const count = chosen.length > 0 && !chosen.includes(kind) ? 0 : (counts.get(kind) ?? 0)
    if (count === 0) return []
    const heading: ListHeading = { before, title: texts.review.headings[kind], count: texts.review.shown(count) }
    before += count
    return [heading]
  })
}
