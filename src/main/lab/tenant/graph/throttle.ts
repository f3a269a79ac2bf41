import type { TenantStore } from '../store/tenantStore.ts'
import type { GraphEndpoint } from './graphRequest.ts'
import type { QueryOptions } from './query/queryOptions.ts'

/** What one request costs and whether there is room for it; `headers` belong into the answer. */
export type ThrottleVerdict = { readonly kind: 'allowed' | 'refused'; readonly headers: Readonly<Record<string, string>> }

export type Throttle = {
  /** Counts a request of an application. `now` is in milliseconds of any clock that only goes forward. */
  readonly spend: (clientId: string, cost: RequestCost, now: number) => ThrottleVerdict
}

export type RequestCost = { readonly kind: 'read' | 'write'; readonly units: number }

type Window = { readonly opened: number; readonly used: number }
type Limit = { readonly most: number; readonly milliseconds: number; readonly scope: 'ReadWrite' | 'Write'; readonly information: string }

const quotaOfSize = [{ below: 50, units: 3_500 }, { below: 500, units: 5_000 }, { below: Number.POSITIVE_INFINITY, units: 8_000 }] as const
const writeLimit: Limit = { most: 3_000, milliseconds: 150_000, scope: 'Write', information: 'WriteLimitExceeded' }
/** The header is sent from here on (https://learn.microsoft.com/graph/throttling, "Regular responses requests"). */
const firstToldShare = 0.8

/** Limits of an application in a tenant (https://learn.microsoft.com/graph/throttling-limits, identity and access). */
export function createThrottle(tenantId: string, store: TenantStore): Throttle {
  const windows = new Map<string, Window>()
  const spendOf = (clientId: string, limit: Limit, units: number, now: number): ThrottleVerdict => {
    const key = `${clientId}/${limit.scope}`
    const known = windows.get(key)
    const window = known === undefined || now - known.opened >= limit.milliseconds ? { opened: now, used: 0 } : known
    const used = window.used + units
    const share = used / limit.most
    const told = share >= firstToldShare ? { 'x-ms-throttle-limit-percentage': Math.min(share, 1.8).toFixed(2) } : {}
    if (used <= limit.most) {
      windows.set(key, { ...window, used })
      return { kind: 'allowed', headers: { 'x-ms-resource-unit': String(units), ...told } }
    }
    windows.set(key, window)
    const seconds = Math.max(1, Math.ceil((window.opened + limit.milliseconds - now) / 1000))
    const scope = { 'x-ms-throttle-scope': `Tenant_Application/${limit.scope}/${clientId}/${tenantId}`, 'x-ms-throttle-information': limit.information }
    return { kind: 'refused', headers: { 'Retry-After': String(seconds), 'x-ms-resource-unit': String(units), ...scope, ...told } }
  }
  return {
    spend: (clientId, cost, now) => {
      const most = store.policies().resourceUnits ?? quotaOf(store.listUsers().length)
      const units = spendOf(clientId, { most, milliseconds: 10_000, scope: 'ReadWrite', information: 'ResourceUnitLimitExceeded' }, cost.units, now)
      return units.kind === 'refused' || cost.kind === 'read' ? units : withUnits(spendOf(clientId, writeLimit, 1, now), cost.units)
    },
  }
}

/** `$select` and a small `$top` make a request cheaper, `$expand` dearer; it never costs less than one. */
export function costOf(method: string, endpoint: GraphEndpoint, options: QueryOptions): RequestCost {
  const kind = method === 'GET' ? 'read' : 'write'
  const base = endpoint.units ?? 1
  const select = options.$select === undefined ? 0 : -1
  const top = options.$top !== undefined && Number(options.$top) < 20 ? -1 : 0
  const expand = options.$expand === undefined ? 0 : 1
  return { kind: endpoint.isQuestion === 'yes' ? 'read' : kind, units: Math.max(1, base + select + top + expand) }
}

function withUnits(verdict: ThrottleVerdict, units: number): ThrottleVerdict {
  return { ...verdict, headers: { ...verdict.headers, 'x-ms-resource-unit': String(units) } }
}

function quotaOf(users: number): number {
  return quotaOfSize.find(({ below }) => users < below)?.units ?? 8_000
}
