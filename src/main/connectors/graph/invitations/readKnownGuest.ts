import type { KnownGuest } from '../../../../shared/domain/invitation.ts'

export const knownGuestProperties = ['id', 'displayName', 'userPrincipalName', 'mail', 'userType', 'externalUserState', 'accountEnabled'] as const

/** Null: not the shape of a user of Graph. */
export function readKnownGuest(body: Readonly<Record<string, unknown>>): KnownGuest | null {
  const { id, userPrincipalName, accountEnabled } = body
  if (typeof id !== 'string' || typeof userPrincipalName !== 'string') return null
  return {
    id, userPrincipalName, displayName: textOf(body['displayName']), mail: textOf(body['mail']), userType: textOf(body['userType']), externalUserState: textOf(body['externalUserState']),
    isEnabled: typeof accountEnabled === 'boolean' ? accountEnabled : null,
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
