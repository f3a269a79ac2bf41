import type { Value } from './attributes.ts'
import type { ConnectorName } from './connectorObject.ts'

/** How a connector space object came to its metaverse object. */
export type LinkOrigin =
  | { readonly kind: 'projected'; readonly rule: string }
  | { readonly kind: 'joined'; readonly rule: string; readonly criterion: string; readonly value: string }
  /** Our own export created the object; the confirming import linked it by what the journal says. */
  | { readonly kind: 'provisioned'; readonly rule: string }

export type Link = { readonly connector: ConnectorName; readonly anchor: string; readonly origin: LinkOrigin }

/** Where a value of the metaverse came from. `source` is the attribute name or the expression of the flow. */
export type Contribution = {
  readonly connector: ConnectorName
  readonly anchor: string
  readonly rule: string
  readonly source: string
  readonly values: readonly Value[]
}

export type LostContribution = Contribution & { readonly why: 'lowerPrecedence' | 'null' | 'initialOnly' }

export type MetaverseAttribute = {
  readonly values: readonly Value[]
  readonly winner: Contribution
  readonly losers: readonly LostContribution[]
  /** Only of an attribute that is merged: who else contributed to `values`, in the order of precedence. */
  readonly merged?: readonly Contribution[]
}

export type MetaverseObject = {
  /** `<connector>:<anchor>` of the object that was projected: the same person gets the same id again. */
  readonly id: string
  readonly objectType: string
  /** Only attributes that have a value. */
  readonly attributes: Readonly<Record<string, MetaverseAttribute>>
  readonly links: readonly Link[]
}
