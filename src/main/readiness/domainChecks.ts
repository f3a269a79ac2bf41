import type { ReadinessCheck } from './readinessCheck.ts'
import { checkCertificates } from './domain/certificates.ts'
import { checkClocks } from './domain/clocks.ts'
import { checkChangeTracking, checkDeletions, checkReanimation, checkRecycleBin } from './domain/deletions.ts'
import type { DomainWorld } from './domain/domainWorld.ts'
import { checkEffectiveRights } from './domain/effectiveRights.ts'
import { checkExcessRights } from './domain/excessRights.ts'
import { checkCloudSync, checkForeignAccounts } from './domain/foreignAccounts.ts'
import { checkGlobalCatalog } from './domain/globalCatalog.ts'
import { checkLevels } from './domain/levels.ts'
import { checkGuestOu, checkLeaverOu } from './domain/organizationalUnits.ts'
import { checkConnectScope, checkSecondEngine } from './domain/otherEngines.ts'
import { checkPasswordPolicy } from './domain/passwordPolicy.ts'
import { checkByProbe } from './domain/probe.ts'
import { checkSchema } from './domain/schema.ts'
import { checkSignIn } from './domain/signIn.ts'
import { checkUpnSuffixes } from './domain/upnSuffixes.ts'

const row = (id: string, title: string, check: ReadinessCheck<DomainWorld>['check']): ReadinessCheck<DomainWorld> => ({ id, area: 'domain', title, check })

/** In the order in which they matter: each one goes through what the one before has looked at. */
export const domainChecks: readonly ReadinessCheck<DomainWorld>[] = [
  row('directory-certificate', 'Encrypted connection and certificate', checkCertificates),
  row('directory-bind', 'Sign-in of our account', checkSignIn('directory')),
  row('directory-level', 'Version and functional level', checkLevels),
  row('directory-clock', 'Clocks', checkClocks),
  row('directory-guest-ou', 'OU of the guests', checkGuestOu),
  row('directory-leaver-ou', 'OU of guests who left', checkLeaverOu),
  row('directory-foreign-accounts', 'Foreign accounts in the managed OUs', checkForeignAccounts),
  row('directory-rights', 'Rights in the managed OUs', checkEffectiveRights),
  row('directory-probe', 'Rights tried on an account', checkByProbe),
  row('directory-excess-rights', 'No rights elsewhere', checkExcessRights),
  row('directory-deletions', 'Deletions can be seen', checkDeletions),
  row('directory-changes', 'Changes can be read (DirSync)', checkChangeTracking),
  row('directory-reanimation', 'Deleted accounts can be brought back', checkReanimation),
  row('directory-recycle-bin', 'Recycle Bin', checkRecycleBin),
  row('directory-password-policy', 'Password policy', checkPasswordPolicy),
  row('directory-upn-suffix', 'UPN suffixes', checkUpnSuffixes),
  row('directory-cloud-sync', 'Marks of Entra Cloud Sync', checkCloudSync),
  row('entra-connect-scope', 'Scope of Entra Connect', checkConnectScope),
  row('second-engine', 'A second engine on the OU', checkSecondEngine),
  row('global-catalog', 'Global catalog', checkGlobalCatalog),
  row('directory-schema', 'Attributes of the rules in the schema', checkSchema),
]
