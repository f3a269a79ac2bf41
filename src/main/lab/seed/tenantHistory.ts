import type { ObjectChange } from '../tenant/tenantChange.ts'
import type { TenantSeed } from '../tenant/tenantSettings.ts'
import type { TenantUser } from '../tenant/tenantUser.ts'
import { positions } from './guests.ts'
import { makeSeededRandom } from './random.ts'
import { seedExpectations } from './seedExpectations.ts'

/**
 * What happened in the tenant before its first day, oldest first: guests who were renamed, who lost their company, who were deleted, restored, or
 * deleted for good. A delta query that begins with the lab shows it by values that are null instead of absent and by guests who come twice.
 */
export function makeTenantHistory(guests: readonly TenantUser[], deletedGuests: readonly TenantUser[]): TenantSeed['history'] {
  const line = (id: string, change: ObjectChange) => ({ object: { type: 'user' as const, id }, change })
  const erased = makeSeededRandom(0xe7a5ed).nextGuid()
  const [renamed, restored] = [guests.filter((_, index) => positions.renamed(index)), guests.filter((_, index) => positions.restored(index))]
  const withoutCompany = guests.filter(({ companyName }) => companyName === null).slice(0, seedExpectations.guestsWhoLostTheirCompany)
  return [
    line(erased, { kind: 'created' }),
    ...withoutCompany.map(({ id }) => line(id, { kind: 'updated', properties: ['companyName'] })),
    ...restored.map(({ id }) => line(id, { kind: 'deleted' })),
    ...renamed.map(({ id }) => line(id, { kind: 'updated', properties: ['userPrincipalName', 'mail', 'otherMails', 'surname', 'displayName'] })),
    ...restored.map(({ id }) => line(id, { kind: 'restored' })),
    line(erased, { kind: 'deleted' }),
    ...deletedGuests.map(({ id }) => line(id, { kind: 'deleted' })),
    line(erased, { kind: 'erased' }),
  ]
}
