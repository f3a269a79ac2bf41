import type { ReadinessCheck } from './readinessCheck.ts'
import { checkCertificates } from './domain/certificates.ts'
import { checkClocks } from './domain/clocks.ts'
import type { DomainWorld } from './domain/domainWorld.ts'
import { checkExcessRights } from './domain/excessRights.ts'
import { checkLevels } from './domain/levels.ts'
import { checkServiceRights, type ApplicationService } from './domain/serviceRights.ts'
import { checkSignIn } from './domain/signIn.ts'
import { checkRoutedSuffixes, checkSelectiveAuthentication, checkTrustWith, type AccountsDomain } from './domain/trusts.ts'

const row = (id: string, title: string, check: ReadinessCheck<DomainWorld>['check']): ReadinessCheck<DomainWorld> => ({ id, area: 'resourceDomain', title, check })

/** What the checks of this domain need of elsewhere: which domain has the accounts, and who owns the SPNs of the applications. */
export type AcrossDomains = { readonly accounts: AccountsDomain; readonly services: (signal: AbortSignal) => Promise<readonly ApplicationService[]> }

/** Where connectors and applications are in a domain of their own: the same looks at that one, and at what is between the two. */
export function resourceChecks({ accounts, services }: AcrossDomains): readonly ReadinessCheck<DomainWorld>[] {
  return [
    row('resource-certificate', 'Applications\' domain: encrypted connection and certificate', checkCertificates),
    row('resource-bind', 'Applications\' domain: sign-in of our account', checkSignIn('resource')),
    row('resource-level', 'Applications\' domain: version and functional level', checkLevels),
    row('resource-clock', 'Applications\' domain: clocks', checkClocks),
    row('resource-excess-rights', 'Applications\' domain: no rights elsewhere', checkExcessRights),
    row('resource-rights', 'Applications\' domain: rights on the accounts of the applications', checkServiceRights(services)),
    row('resource-trust', 'Trust between the two domains', checkTrustWith(accounts)),
    row('resource-upn-suffix', 'Routing of the guests\' names between the two domains', checkRoutedSuffixes(accounts)),
    row('resource-authentication', 'Selective authentication between the two domains', checkSelectiveAuthentication(accounts)),
  ]
}
