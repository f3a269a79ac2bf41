import { parseDn } from '../../shared/domain/dn.ts'
import type { ConnectorName } from '../../shared/domain/connectorObject.ts'
import { parseObjectGuid } from '../../shared/domain/ids.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { ConnectorRow, StoreReader } from '../store/store.ts'

/** A person with both ends, as far as they exist. At least one is not null. */
export type FoundObject = {
  readonly guest: ConnectorRow | null
  readonly account: ConnectorRow | null
  readonly person: MetaverseObject | null
}

/** By metaverse id, Entra id, objectGUID, DN, userPrincipalName, mail or account name: whatever a help desk has at hand. */
export async function findObject(store: StoreReader, id: string): Promise<Result<FoundObject, Problem>> {
  // A guest who left is in no connector space any more; the person that was projected from the guest still is.
  const person = (await store.metaverseObject(id)) ?? (await store.metaverseObject(`entra:${id.toLowerCase()}`))
  if (person !== null) return succeed(await withEnds(store, person))
  const rows = await findRows(store, id)
  const distinct = new Map(rows.map((row) => [row.metaverseId ?? `${row.object.connector}:${row.object.anchor}`, row]))
  const [only] = distinct.values()
  if (only === undefined) return fail(notFound(id))
  if (distinct.size > 1) return fail(several(id, [...distinct.values()]))
  const owner = only.metaverseId === null ? null : await store.metaverseObject(only.metaverseId)
  if (owner !== null) return succeed(await withEnds(store, owner))
  return succeed({ guest: only.object.connector === 'entra' ? only : null, account: only.object.connector === 'ad' ? only : null, person: null })
}

async function withEnds(store: StoreReader, person: MetaverseObject): Promise<FoundObject> {
  const endOf = async (connector: ConnectorName) => {
    const link = person.links.find((candidate) => candidate.connector === connector)
    return link === undefined ? null : store.connectorRow(connector, link.anchor)
  }
  return { person, guest: await endOf('entra'), account: await endOf('ad') }
}

/** The first way of naming that finds somebody decides: an id is never taken for a name. */
async function findRows(store: StoreReader, id: string): Promise<readonly ConnectorRow[]> {
  const guid = parseObjectGuid(id)
  if (guid.ok) {
    const rows = [await store.connectorRow('entra', guid.value), await store.connectorRow('ad', guid.value)]
    return rows.filter((row) => row !== null)
  }
  const dn = parseDn(id)
  const ways: readonly (readonly [ConnectorName, string, string])[] = [
    ['entra', 'userPrincipalName', id], ['entra', 'mail', id], ['ad', 'userPrincipalName', id], ['ad', 'mail', id], ['ad', 'sAMAccountName', id],
    ...(dn.ok && id.includes('=') ? [['ad', 'distinguishedName', dn.value] as const] : []),
  ]
  for (const [connector, attribute, value] of ways) {
    const rows = await store.findConnectorRows(connector, attribute, value)
    if (rows.length > 0) return rows
  }
  return []
}

function notFound(id: string): Problem {
  return {
    kind: 'notFoundInWorkspace',
    message: `Nobody is known by "${id}": neither a guest of the last import from Entra nor an account of the managed OUs.`,
    remedy: 'Give an Entra id, a userPrincipalName, a mail address, an account name or a DN. If the guest is new, run the cycle first.',
  }
}

function several(id: string, rows: readonly ConnectorRow[]): Problem {
  const names = rows.map(({ object }) => `${object.connector} ${object.anchor} (${String(object.attributes['userPrincipalName']?.[0] ?? object.dn ?? '')})`)
  return {
    kind: 'notFoundInWorkspace',
    message: `"${id}" names ${rows.length} objects: ${names.join(', ')}.`,
    remedy: 'Name one of them by its id.',
  }
}
