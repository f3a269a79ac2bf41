import type { OutlinedFlow, OutlinedRule } from '../../../../shared/api/rulesEditing.ts'

export const picture = { width: 960, box: 270, row: 34, boxHeight: 26, top: 34 } as const
const longestLabel = 36
const characterWidth = 7.3

/** Something that flows read: an attribute, a constant, or what is generated. */
export type SourceNode = { readonly key: string; readonly label: string; readonly kind: 'attribute' | 'constant' | 'generated'; readonly y: number; readonly flows: readonly number[] }
export type FlowLine = { readonly index: number; readonly flow: OutlinedFlow; readonly y: number; readonly label: { readonly text: string; readonly width: number } | null; readonly sources: readonly number[] }
export type RuleLayout = { readonly sources: readonly SourceNode[]; readonly lines: readonly FlowLine[]; readonly height: number }

/** Targets one below the other in the order of the file; each source as near as it can to the middle of what reads it. */
export function layoutRule({ flows }: OutlinedRule): RuleLayout {
  const readers = new Map<string, Omit<SourceNode, 'y'>>()
  flows.forEach((flow, index) => {
    for (const source of sourcesOf(flow)) readers.set(source.key, { ...source, flows: [...(readers.get(source.key)?.flows ?? []), index] })
  })
  const wanted = [...readers.values()].map((node) => ({ node, at: node.flows.reduce((sum, index) => sum + index, 0) / node.flows.length })).sort((left, right) => left.at - right.at)
  let next = 0
  const sources = wanted.map(({ node, at }): SourceNode => {
    const place = Math.max(next, at)
    next = place + 1
    return { ...node, y: yOf(place) }
  })
  const lines = flows.map((flow, index): FlowLine => ({
    index, flow, y: yOf(index), label: flow.kind === 'expression' ? labelOf(flow.source) : null,
    sources: sources.flatMap((source) => (source.flows.includes(index) ? [source.y] : [])),
  }))
  return { sources, lines, height: yOf(Math.max(next, flows.length) - 1) + picture.row }
}

function sourcesOf({ kind, reads, constant, source }: OutlinedFlow): readonly Pick<SourceNode, 'key' | 'label' | 'kind'>[] {
  switch (kind) {
    case 'constant': return [{ key: `constant ${String(constant)}`, label: source, kind: 'constant' }]
    case 'generated': return [{ key: 'generated', label: '', kind: 'generated' }]
    case 'direct': case 'expression': return reads.map((name) => ({ key: `attribute ${name}`, label: name, kind: 'attribute' }))
  }
}

function yOf(place: number): number {
  return picture.top + picture.row / 2 + place * picture.row
}

function labelOf(text: string): { readonly text: string; readonly width: number } {
  const shown = text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text
  return { text: shown, width: shown.length * characterWidth + 14 }
}
