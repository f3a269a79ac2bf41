import type { CallOptions } from '../../../shared/api/contract.ts'
import type { ConnectCallName, ConnectOutputs } from '../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { ProxyInUse } from '../../../shared/domain/proxyInUse.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { Environment } from '../../workspace/secrets.ts'
import { actor } from '../actor.ts'
import { callConnect } from './connectHandlers.ts'
import { createConnectMemory } from './connectMemory.ts'
import type { ConnectSession } from './connectSession.ts'

export type ConnectCaller = <Name extends ConnectCallName>(name: Name, input: unknown) => Promise<Result<ConnectOutputs[Name], Problem>>

/** The calls of connecting for a host that has no workspace yet; the others need one. */
export function connectWithoutWorkspace(environment: Environment, proxy: ProxyInUse, options: CallOptions): ConnectCaller {
  const session: ConnectSession = { open: null, memory: createConnectMemory(), environment, proxy, now: () => new Date().toISOString(), actor: actor() }
  return (name, input) => callConnect(session, name, input, options)
}
