import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { findObject } from '../runs/findObject.ts'
import type { ConnectorRow, StoreReader } from '../store/store.ts'

/** The person in the metaverse behind whatever names somebody. */
export async function findPerson(reader: StoreReader, id: string): Promise<Result<MetaverseObject, Problem>> {
  const found = await findObject(reader, id)
  if (!found.ok) return found
  if (found.value.person !== null) return succeed(found.value.person)
  return fail({ kind: 'notFoundInWorkspace', message: `"${id}" has no object in the metaverse, so there is nothing to decide about.`, remedy: `See why with "guestbridge preview ${id}".` })
}

/** The account in Active Directory behind whatever names it. */
export async function findAccount(reader: StoreReader, id: string): Promise<Result<ConnectorRow, Problem>> {
  const found = await findObject(reader, id)
  if (!found.ok) return found
  if (found.value.account !== null) return succeed(found.value.account)
  return fail({ kind: 'notFoundInWorkspace', message: `"${id}" has no account in the managed OUs.`, remedy: 'Name an account by objectGUID, DN, account name or userPrincipalName. If it is new, import Active Directory first.' })
}
