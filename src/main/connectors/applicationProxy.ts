import type { LoginMapping } from '../../shared/domain/delegation.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'

/** Entra application proxy as it is set up. Writes nothing. */
export interface ApplicationProxyReader {
  /** Connectors and applications with what single sign-on needs. `notPermitted`: the signed-in account may not read it; both can be named in workspace.json instead. */
  read(signal: AbortSignal): Promise<Result<ApplicationProxy, Problem>>
  close(): Promise<void>
}

export type ApplicationProxy = { readonly connectors: readonly ProxyConnector[]; readonly applications: readonly ProxyApplication[] }

export type ProxyConnector = {
  readonly id: string
  /** DNS name of the computer. */
  readonly machineName: string
  readonly status: 'active' | 'inactive'
  /** Name of its connector group; null: it is in none. */
  readonly group: string | null
}

export type ProxyApplication = {
  /** Object id of the application. */
  readonly id: string
  readonly name: string
  readonly group: string | null
  readonly internalUrl: string | null
  /** `onPremisesKerberos` for integrated Windows authentication. */
  readonly singleSignOnMode: string | null
  /** `aadPreAuthentication` or `passthru`. */
  readonly preAuthentication: string | null
  readonly spn: string | null
  readonly mapping: LoginMapping | null
  /** Ids of users that may use it; null: everybody may. */
  readonly assignedTo: readonly string[] | null
}
