/** A rule as the screen shows it: words for people, in the order of the file. */
export type ShownRule = {
  readonly name: string
  readonly description: string | null
  readonly direction: 'inbound' | 'outbound'
  readonly connector: string
  /** Groups joined by OR, clauses of a group by AND. */
  readonly scope: readonly (readonly string[])[]
  readonly join: readonly string[]
  readonly creates: boolean
  readonly flows: readonly { readonly from: string; readonly to: string; readonly kind: 'attribute' | 'expression' | 'constant' | 'generated'; readonly isInitial: boolean; readonly mayClear: boolean }[]
}

type Raw = {
  readonly name: string; readonly description?: string; readonly direction: 'inbound' | 'outbound'; readonly connector: string; readonly create: boolean
  readonly scope?: readonly (readonly { readonly attribute: string; readonly operator: string; readonly value?: unknown }[])[]
  readonly join?: readonly { readonly connectorAttribute: string; readonly metaverseAttribute: string }[]
  readonly flows: readonly { readonly to: string; readonly from: Readonly<Record<string, unknown>>; readonly initialOnly?: boolean; readonly allowNull?: boolean }[]
}

/** The service has parsed this text before it came into force, so its shape is known. */
export function readShownRules(text: string): readonly ShownRule[] {
  const { rules } = JSON.parse(text) as { readonly rules: readonly Raw[] }
  return rules.map((rule) => ({
    name: rule.name, description: rule.description ?? null, direction: rule.direction, connector: rule.connector, creates: rule.create,
    scope: (rule.scope ?? []).map((group) => group.map(({ attribute, operator, value }) => [attribute, operator, value === undefined ? '' : JSON.stringify(value)].join(' ').trim())),
    join: (rule.join ?? []).map(({ connectorAttribute, metaverseAttribute }) => `${connectorAttribute} = ${metaverseAttribute}`),
    flows: rule.flows.map(({ to, from, initialOnly, allowNull }) => ({ ...sourceOf(from), to, isInitial: initialOnly === true, mayClear: allowNull === true })),
  }))
}

function sourceOf(from: Readonly<Record<string, unknown>>): { readonly from: string; readonly kind: ShownRule['flows'][number]['kind'] } {
  if (typeof from['attribute'] === 'string') return { from: from['attribute'], kind: 'attribute' }
  if (typeof from['expression'] === 'string') return { from: from['expression'], kind: 'expression' }
  return 'generate' in from ? { from: 'random password', kind: 'generated' } : { from: JSON.stringify(from['constant']), kind: 'constant' }
}
