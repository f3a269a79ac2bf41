import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { ObjectInOu } from '../../connectors/readinessPorts.ts'
import type { StoreReader } from '../../store/store.ts'
import { countOf, nameSome, notRead, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { DomainWorld } from './domainWorld.ts'
import { afterSignIn } from './domainWorld.ts'

/** Everything in the managed OUs that carries no mark of ours and stands for nobody in the metaverse (sync-semantics 9). */
export const checkForeignAccounts = afterSignIn(async (world, _signedIn, signal): Promise<CheckAnswer> => {
  const objects = await listManaged(world, signal)
  if (!objects.ok) return notRead(objects.problem)
  const unmarked = objects.value.filter(({ adminDescription }) => adminDescription?.startsWith('User_') !== true)
  const foreign = await withoutLinked(world.store, unmarked)
  const read = world.settings.managedOus.map((ou) => `${ou}: ${objects.value.length} objects`)
  if (foreign.length === 0) return passed('There are no foreign accounts in the managed OUs.', { read })
  return warned(
    `${foreign.length} of ${objects.value.length} objects in the managed OUs ${foreign.length === 1 ? 'is' : 'are'} not ours: ${nameSome(foreign.map(({ dn }) => dn))}.`,
    'Move what belongs to nobody here to another OU. Guestbridge writes none of it, but it holds names; an account of a guest can be adopted with the plan.',
    { read: [...read, ...foreign.slice(0, 50).map(({ dn, objectClass }) => `${objectClass} ${dn}`)] },
  )
})

/** Accounts that Entra Cloud Sync provisioned into the OU: never to be written by us. */
export const checkCloudSync = afterSignIn(async (world, _signedIn, signal): Promise<CheckAnswer> => {
  const objects = await listManaged(world, signal)
  if (!objects.ok) return notRead(objects.problem)
  const owned = objects.value.filter(({ externalDirectoryObjectId, objectSoa }) => externalDirectoryObjectId !== null || objectSoa !== null)
  if (owned.length === 0) return passed('Nothing in the managed OUs carries the marks of Entra Cloud Sync.', { read: [`${objects.value.length} objects`] })
  return warned(
    `${countOf(owned.length, 'object in the managed OUs belongs', 'objects in the managed OUs belong')} to Entra Cloud Sync (msDS-ExternalDirectoryObjectId): ${nameSome(owned.map(({ dn }) => dn))}.`,
    'Give Cloud Sync and Guestbridge an OU each. Guestbridge leaves these accounts alone; which engine serves a guest has to be decided once.',
    { read: owned.slice(0, 50).map(({ dn, externalDirectoryObjectId }) => `${dn}: ${externalDirectoryObjectId ?? 'msDS-ObjectSoa'}`) },
  )
})

async function listManaged({ inspector, settings }: DomainWorld, signal: AbortSignal): Promise<Result<readonly ObjectInOu[], Problem>> {
  const objects: ObjectInOu[] = []
  for (const ou of settings.managedOus) {
    const found = await listExisting(inspector, ou, signal)
    if (!found.ok) return found
    objects.push(...found.value)
  }
  return succeed(objects)
}

/** An OU that is not there has a check of its own; here it is empty. */
async function listExisting(inspector: DomainWorld['inspector'], ou: Dn, signal: AbortSignal): Promise<Result<readonly ObjectInOu[], Problem>> {
  const found = await inspector.listObjects(ou, signal)
  return !found.ok && found.problem.kind === 'objectNotFound' ? succeed([]) : found
}

/** Adopted accounts get our mark with their first export; until then the link says that they are somebody's. */
async function withoutLinked(store: StoreReader, objects: readonly ObjectInOu[]): Promise<readonly ObjectInOu[]> {
  const rows = await store.connectorRows('ad', objects.map(({ anchor }) => anchor))
  const linked = new Set(rows.filter(({ metaverseId }) => metaverseId !== null).map(({ object }) => object.anchor))
  return objects.filter(({ anchor }) => !linked.has(anchor))
}
