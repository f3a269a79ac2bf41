import { headerOf } from '../../http/message.ts'
import type { LabAnswer, LabRequest } from '../../http/message.ts'
import type { TenantContext } from '../tenantContext.ts'
import type { GraphRole } from '../tenantSettings.ts'
import type { QueryOptions } from './query/queryOptions.ts'

/** A request whose token, roles and query options were found good. */
export type GraphRequest = {
  readonly context: TenantContext
  readonly request: LabRequest
  /** From the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>
  readonly options: QueryOptions
}

export type GraphEndpoint = {
  /** Any one of them is enough. */
  readonly roles: readonly GraphRole[]
  readonly answer: (request: GraphRequest) => LabAnswer
}

/** Advanced queries say so on every page: the level is not carried on by a nextLink. */
export function consistencyOf(request: LabRequest): 'yes' | 'no' {
  return headerOf(request, 'consistencylevel')?.toLowerCase() === 'eventual' ? 'yes' : 'no'
}
