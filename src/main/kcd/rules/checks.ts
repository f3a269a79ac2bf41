import type { Check } from './check.ts'
import { checkGuestUsable, checkServiceUsable } from './checks/accountUsable.ts'
import { checkAllowedToDelegate } from './checks/allowedToDelegate.ts'
import { checkAuthorizationAccess } from './checks/authorizationAccess.ts'
import { checkConnectorAccount } from './checks/connectorAccount.ts'
import { checkConnectorDisabled } from './checks/connectorDisabled.ts'
import { checkConnectorGroup } from './checks/connectorGroup.ts'
import { checkConnectorHasSpn } from './checks/connectorWithoutSpn.ts'
import { checkConnectorsAlike } from './checks/connectorsAlike.ts'
import { checkControllerLevel } from './checks/controllerLevel.ts'
import { checkClocks, checkControllersReachable } from './checks/controllers.ts'
import { checkProtectedUsers, checkSensitive } from './checks/delegatable.ts'
import { checkDelegationRights } from './checks/delegationRights.ts'
import { checkDelegationToController } from './checks/delegationToController.ts'
import { checkConnectorEncryption, checkServiceEncryption } from './checks/encryptionTypes.ts'
import { checkAdmission, checkSynchronised } from './checks/guestInEntra.ts'
import { checkAmbiguousName, checkLoginName } from './checks/guestLogin.ts'
import { checkHostName, checkInternalUrl } from './checks/hostName.ts'
import { checkLiveProof } from './checks/liveProof.ts'
import { checkOperatingSystem } from './checks/operatingSystem.ts'
import { checkProtocolTransition } from './checks/protocolTransition.ts'
import { checkMapping, checkPublishing } from './checks/publishing.ts'
import { checkDomains, checkResourceTrust } from './checks/resourceTrust.ts'
import { checkAesKeys, checkOnlyDes } from './checks/serviceKeys.ts'
import { checkPrivileged, checkShadowFlags } from './checks/shadowAccount.ts'
import { checkAliasOwner, checkPoolAccount } from './checks/siteAccount.ts'
import { checkDuplicateSpn, checkSpnRegistered } from './checks/spnOwner.ts'
import { checkSpnSyntax } from './checks/spnSyntax.ts'
import { checkStaleEntries } from './checks/staleEntries.ts'
import { checkTokenSize } from './checks/tokenSize.ts'
import { checkTrustEntries } from './checks/trustEntries.ts'
import { checkSelectiveAuthentication, checkTrusts } from './checks/trusts.ts'
import { checkUnconstrained } from './checks/unconstrained.ts'
import { checkUniqueness } from './checks/uniqueness.ts'

/** All checks that an expert makes, in the order in which they are shown. A new one is a file and a row. */
export const checks: readonly Check[] = [
  { number: 1, id: 'connector-account', title: 'The connector is one account', severity: 'failed', weight: 'deciding', about: 'connector', check: checkConnectorAccount },
  { number: 2, id: 'connector-disabled', title: 'The connector\'s account is enabled', severity: 'failed', weight: 'deciding', about: 'connectorAccount', check: checkConnectorDisabled },
  { number: 3, id: 'connector-group', title: 'Two connectors of the group are active', severity: 'warning', weight: 'supporting', about: 'connectorGroup', check: checkConnectorGroup },
  { number: 4, id: 'connectors-differ', title: 'All connectors of the group are set alike', severity: 'failed', weight: 'supporting', about: 'connectorGroup', check: checkConnectorsAlike },
  { number: 5, id: 'connector-system', title: 'The connector runs on a supported Windows Server', severity: 'warning', weight: 'supporting', about: 'connectorAccount', check: checkOperatingSystem },
  { number: 6, id: 'unconstrained-delegation', title: 'The connector has no unconstrained delegation', severity: 'failed', signOn: 'unaffected', weight: 'supporting', about: 'connectorAccount', check: checkUnconstrained },
  { number: 7, id: 'protocol-transition-missing', title: 'The connector may use any authentication protocol', severity: 'failed', weight: 'deciding', about: 'connectorAccount', check: checkProtocolTransition },
  { number: 8, id: 'not-allowed-to-delegate', title: 'The connector may delegate to the application', severity: 'failed', weight: 'deciding', about: 'connectorAndApplication', check: checkAllowedToDelegate },
  { number: 9, id: 'stale-delegation-entry', title: 'Somebody owns each SPN of the connector\'s list', severity: 'warning', weight: 'supporting', about: 'connectorAccount', check: checkStaleEntries },
  { number: 10, id: 'delegation-to-controller', title: 'The connector may not act as anybody on a domain controller', severity: 'failed', signOn: 'unaffected', weight: 'supporting', about: 'connectorAccount', check: checkDelegationToController },
  { number: 11, id: 'trust-across-domains', title: 'A service of another domain trusts the connector', severity: 'failed', weight: 'deciding', about: 'connectorAndService', check: checkDomains },
  { number: 12, id: 'resource-trust-missing', title: 'The service\'s descriptor lets the connector in', severity: 'failed', weight: 'deciding', about: 'connectorAndService', check: checkResourceTrust },
  { number: 13, id: 'unexpected-trust', title: 'The service trusts connectors only', severity: 'warning', weight: 'supporting', about: 'serviceAccount', check: checkTrustEntries },
  { number: 14, id: 'controller-level', title: 'Domain controllers know resource-based delegation', severity: 'failed', weight: 'supporting', about: 'domain', check: checkControllerLevel },
  { number: 15, id: 'spn-not-registered', title: 'Somebody owns the SPN', severity: 'failed', weight: 'deciding', about: 'application', check: checkSpnRegistered },
  { number: 16, id: 'duplicate-spn', title: 'Only one account owns the SPN', severity: 'failed', weight: 'deciding', about: 'application', check: checkDuplicateSpn },
  { number: 17, id: 'malformed-spn', title: 'The SPN is well formed', severity: 'failed', weight: 'deciding', about: 'application', check: checkSpnSyntax },
  { number: 18, id: 'spn-by-host-entry', title: 'The SPN is registered on the account of the site', severity: 'warning', weight: 'supporting', about: 'application', check: checkAliasOwner },
  { number: 19, id: 'pool-account', title: 'The site uses the key of its account', severity: 'warning', weight: 'supporting', about: 'serviceAccount', check: checkPoolAccount },
  { number: 20, id: 'service-account-unusable', title: 'The service\'s account can be used', severity: 'failed', weight: 'supporting', about: 'serviceAccount', check: checkServiceUsable },
  { number: 21, id: 'service-encryption', title: 'The service has AES', severity: 'failed', weight: 'supporting', about: 'serviceAccount', check: checkServiceEncryption },
  { number: 22, id: 'service-only-des', title: 'The service is not bound to DES', severity: 'failed', weight: 'supporting', about: 'serviceAccount', check: checkOnlyDes },
  { number: 23, id: 'service-aes-keys', title: 'The service\'s password is younger than AES', severity: 'warning', weight: 'supporting', about: 'serviceAccount', check: checkAesKeys },
  { number: 24, id: 'connector-encryption', title: 'The connector has AES', severity: 'failed', weight: 'supporting', about: 'connectorAccount', check: checkConnectorEncryption },
  { number: 25, id: 'host-name', title: 'The SPN\'s host has an address of its own', severity: 'failed', weight: 'supporting', about: 'application', check: checkHostName },
  { number: 26, id: 'internal-address', title: 'Internal address and SPN have one host', severity: 'warning', weight: 'supporting', about: 'application', check: checkInternalUrl },
  { number: 27, id: 'controllers-reachable', title: 'Domain controllers are found and answer', severity: 'failed', weight: 'supporting', about: 'domain', check: checkControllersReachable },
  { number: 28, id: 'clock-skew', title: 'Clocks agree', severity: 'failed', weight: 'supporting', about: 'domain', check: checkClocks },
  { number: 29, id: 'login-identity', title: 'The application delegates the userPrincipalName', severity: 'failed', weight: 'supporting', about: 'application', check: checkMapping },
  { number: 30, id: 'publishing', title: 'Entra signs in, the connector asks for tickets', severity: 'failed', weight: 'supporting', about: 'application', check: checkPublishing },
  { number: 31, id: 'login-name-differs', title: 'The account has the guest\'s userPrincipalName', severity: 'failed', weight: 'deciding', about: 'guest', check: checkLoginName },
  { number: 32, id: 'ambiguous-name', title: 'Only one account answers to the guest\'s name', severity: 'failed', weight: 'deciding', about: 'guest', check: checkAmbiguousName },
  { number: 33, id: 'guest-account-unusable', title: 'The guest\'s account can be used', severity: 'failed', weight: 'supporting', about: 'guestAccount', check: checkGuestUsable },
  { number: 34, id: 'sensitive-account', title: 'The guest\'s account may be delegated', severity: 'failed', weight: 'deciding', about: 'guestAccount', check: checkSensitive },
  { number: 35, id: 'protected-user', title: 'The guest\'s account is not in Protected Users', severity: 'failed', weight: 'deciding', about: 'guestAccount', check: checkProtectedUsers },
  { number: 36, id: 'privileged-account', title: 'The guest\'s account has no power', severity: 'failed', signOn: 'unaffected', weight: 'supporting', about: 'guestAccount', check: checkPrivileged },
  { number: 37, id: 'shadow-account-flags', title: 'Nobody can sign in to the guest\'s account itself', severity: 'warning', weight: 'supporting', about: 'guestAccount', check: checkShadowFlags },
  { number: 38, id: 'authorization-access', title: 'The connector may read the groups of accounts', severity: 'failed', weight: 'supporting', about: 'connectorAccount', check: checkAuthorizationAccess },
  { number: 39, id: 'guest-synchronised', title: 'Entra Connect leaves the guest alone', severity: 'failed', signOn: 'unaffected', weight: 'supporting', about: 'guest', check: checkSynchronised },
  { number: 40, id: 'guest-not-admitted', title: 'Entra admits the guest', severity: 'warning', signOn: 'blocks', weight: 'supporting', about: 'guest', check: checkAdmission },
  { number: 41, id: 'token-size', title: 'The guest\'s ticket is short enough', severity: 'warning', weight: 'supporting', about: 'guestAccount', check: checkTokenSize },
  { number: 42, id: 'selective-authentication', title: 'Trusts let accounts authenticate', severity: 'warning', weight: 'supporting', about: 'domain', check: checkSelectiveAuthentication },
  { number: 43, id: 'delegation-rights', title: 'Delegation can be changed from here', severity: 'warning', weight: 'supporting', about: 'connectorGroup', check: checkDelegationRights },
  { number: 44, id: 'uniqueness-off', title: 'The forest verifies that names are unique', severity: 'failed', signOn: 'unaffected', weight: 'supporting', about: 'domain', check: checkUniqueness },
  { number: 45, id: 'live-proof', title: 'A domain controller issues the ticket', severity: 'failed', weight: 'supporting', about: 'proof', check: checkLiveProof },
  { number: 46, id: 'connector-without-spn', title: 'The connector has an SPN', severity: 'failed', weight: 'deciding', about: 'connectorAccount', check: checkConnectorHasSpn },
  { number: 47, id: 'trust-between-domains', title: 'Domains of guests and applications trust each other', severity: 'failed', weight: 'supporting', about: 'domain', check: checkTrusts },
]
