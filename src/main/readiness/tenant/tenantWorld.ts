import type { Problem } from '../../../shared/domain/problem.ts'
import type { ProxyInUse } from '../../../shared/domain/proxyInUse.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { EntraReader } from '../../connectors/connector.ts'
import type { TenantInspector, TokenFacts } from '../../connectors/readinessPorts.ts'
import { notChecked } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'

export type TenantSettings = {
  readonly tenantId: string
  readonly clientId: string
  /** In whose name Graph is asked. */
  readonly signsIn: 'application' | 'person'
  /** Of the cloud, without path. */
  readonly signInUrl: string
  /** Likewise. */
  readonly graphUrl: string
  readonly scopeGroup: string | null
  /** Properties of guests that the rules use. */
  readonly attributes: readonly string[]
}

export type TenantWorld = {
  readonly settings: TenantSettings
  readonly proxy: ProxyInUse
  readonly inspector: () => Promise<Result<TenantInspector, Problem>>
  readonly reader: () => Promise<Result<EntraReader, Problem>>
}

/** As the domain's: without a token nothing else can be asked. */
export function afterToken(check: (world: TenantWorld, inspector: TenantInspector, token: TokenFacts, signal: AbortSignal) => Promise<CheckAnswer>) {
  return async (world: TenantWorld, signal: AbortSignal): Promise<CheckAnswer> => {
    const inspector = await world.inspector()
    if (!inspector.ok) return notChecked(inspector.problem.message, inspector.problem.remedy)
    const token = await inspector.value.readToken(signal)
    return token.ok ? check(world, inspector.value, token.value, signal) : notChecked('The application is not signed in, so this cannot be read.', 'Mend the sign-in first.')
  }
}
