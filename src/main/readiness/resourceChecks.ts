import type { Dn } from '../../shared/domain/ids.ts'
import type { ReadinessCheck } from './readinessCheck.ts'
import { checkCertificates } from './domain/certificates.ts'
import { checkClocks } from './domain/clocks.ts'
import type { DomainWorld } from './domain/domainWorld.ts'
import { checkExcessRights } from './domain/excessRights.ts'
import { checkLevels } from './domain/levels.ts'
import { checkSignIn } from './domain/signIn.ts'
import { checkTrustWith } from './domain/trusts.ts'

const row = (id: string, title: string, check: ReadinessCheck<DomainWorld>['check']): ReadinessCheck<DomainWorld> => ({ id, area: 'resourceDomain', title, check })

/** Where connectors and applications are in a domain of their own: the same looks at that one, and at what is between the two. */
export function resourceChecks(accounts: (signal: AbortSignal) => Promise<Dn | null>): readonly ReadinessCheck<DomainWorld>[] {
  return [
    row('resource-certificate', 'Applications\' domain: encrypted connection and certificate', checkCertificates),
    row('resource-bind', 'Applications\' domain: sign-in of our account', checkSignIn),
    row('resource-level', 'Applications\' domain: version and functional level', checkLevels),
    row('resource-clock', 'Applications\' domain: clocks', checkClocks),
    row('resource-excess-rights', 'Applications\' domain: no rights elsewhere', checkExcessRights),
    row('resource-trust', 'Trust between the two domains', checkTrustWith(accounts)),
  ]
}
