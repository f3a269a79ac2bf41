import type { Reading } from '../../shared/domain/delegation.ts'

/** What the network answers from here: names and ports, without signing in to anything. */
export interface NetworkProbes {
  /** `alias`: the name leads to its address over a CNAME. */
  resolveHost(host: string, signal: AbortSignal): Promise<Reading<{ readonly kind: 'address' | 'alias' | 'unknown'; readonly target: string | null }>>
  /** Targets of an SRV record, by priority and weight; empty: there is none. */
  findServers(record: string, signal: AbortSignal): Promise<Reading<readonly { readonly host: string; readonly port: number }[]>>
  /** Whether the port takes a connection within five seconds. */
  tryPort(host: string, port: number, signal: AbortSignal): Promise<Reading<'open' | 'closed'>>
}
