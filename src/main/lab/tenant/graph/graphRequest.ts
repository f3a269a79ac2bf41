import { headerOf } from '../../http/message.ts'
import type { LabAnswer, LabRequest } from '../../http/message.ts'
import type { TenantContext } from '../tenantContext.ts'
import type { GraphRole } from '../tenantSettings.ts'
import type { QueryOptions } from './query/queryOptions.ts'

/** Who asks, as the token names it: an application by itself, or a person by means of it. A person has the permissions that both have. */
export type Caller = { readonly kind: 'application' | 'person'; readonly clientId: string; readonly roles: readonly GraphRole[]; /** Of a person in the directory, by template id; an application has none. */ readonly directoryRoles: readonly string[] }

/** A request whose token, roles and query options were found good. */
export type GraphRequest = {
  readonly context: TenantContext
  readonly request: LabRequest
  /** From the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>
  readonly options: QueryOptions
  readonly caller: Caller
}

export type GraphEndpoint = {
  /** Any one of them is enough. */
  readonly roles: readonly GraphRole[]
  /** Application permissions are not supported there. */
  readonly callers?: 'personsOnly'
  /** Resource units of one request before its options count (https://learn.microsoft.com/graph/throttling-limits, identity and access); 1 where it is left out. */
  readonly units?: number
  /** A POST that asks and changes nothing: not counted among the writes. */
  readonly isQuestion?: 'yes'
  readonly answer: (request: GraphRequest) => LabAnswer
}

export function isAllowed(caller: Caller, roles: readonly GraphRole[]): boolean {
  return roles.some((role) => caller.roles.includes(role))
}

/** Advanced queries say so on every page: the level is not carried on by a nextLink. */
export function consistencyOf(request: LabRequest): 'yes' | 'no' {
  return headerOf(request, 'consistencylevel')?.toLowerCase() === 'eventual' ? 'yes' : 'no'
}

/** The body as JSON object; null where it is none. */
export function readJsonBody(request: LabRequest): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    // Answered by the caller, as any other body that is not what the endpoint takes.
    return null
  }
}
