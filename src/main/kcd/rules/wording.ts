import type { ApplicationFacts, GuestFacts, PrincipalFacts } from '../../../shared/domain/delegation.ts'

export function nameOfGuest(guest: GuestFacts): string {
  return guest.displayName ?? guest.userPrincipalName
}

export function nameOfApplication(application: ApplicationFacts): string {
  return `${application.name} (${application.spn})`
}

/** What a finding says was looked at. */
export function attributeOf(account: PrincipalFacts, ...attributes: readonly string[]): readonly string[] {
  return attributes.map((attribute) => `${account.dn} ${attribute}`)
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}
