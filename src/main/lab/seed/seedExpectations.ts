/**
 * How many there are of what in a new lab: the numbers that a first cycle must show. The tests of the seed count them in the
 * data itself; makeGuests, makeMembers and makeShadowAccounts take the sizes of their groups from here.
 */
export const seedExpectations = {
  // Tenant
  guests: 250,
  partners: 12,
  members: 30,
  /** Members whose UPN has `#EXT#`. */
  externalMembers: 4,
  softDeletedGuests: 4,
  /** Another surname, address and userPrincipalName than their accounts have; joined by cn = id. */
  renamedGuests: 2,
  /** Deleted and restored before the first day. */
  restoredGuests: 2,
  /** companyName was cleared: null in a delta query, where it is absent for those who never had one. */
  guestsWhoLostTheirCompany: 3,
  tenantGroups: 8,
  /** In "B2B partners", by themselves or by a nested group. */
  guestsInPartnersGroup: 240,
  /** Of these, those who are direct members. */
  guestsDirectlyInPartnersGroup: 45,
  pendingGuests: 18,
  blockedGuests: 9,
  /** onPremisesSyncEnabled is true: not in the default scope (sync-semantics 5). */
  masteredInActiveDirectory: 3,
  /** onPremisesSecurityIdentifier is set and onPremisesSyncEnabled is not: not in the default scope. */
  provisionedByCloudSync: 4,
  /** guests − masteredInActiveDirectory − provisionedByCloudSync */
  guestsInDefaultScope: 243,
  /** Pairs of guests whose ids agree in the first 20 characters, so that Left(id, 20) is the same. */
  collidingPairs: 3,

  // Directory, OU=AAD Guest Users
  shadowAccounts: 40,
  /** In the default scope, found by the mark adminDescription = User_<id>. */
  joinedByMark: 2,
  /** Found by cn = id: 10 as MIM made them, 2 whose guests were renamed, 6 that drifted, 1 disabled by hand, 1 whose guest is blocked. */
  joinedByCommonName: 20,
  /** Found by userPrincipalName alone: 6 as the sample script made them, 3 that drifted too. */
  joinedByUserPrincipalName: 9,
  /** The UPN of a guest, the mark of another id: a person decides (sync-semantics 12). */
  needsDecision: 1,
  /** Their guests exist no more: half of those that softDeletedGuests holds, the others deleted for good. */
  orphanedAccounts: 6,
  orphansOfSoftDeletedGuests: 2,
  /** Of the joined accounts, those with a surname, display name, given name or mail that is not the guest's. */
  driftedAccounts: 11,
  disabledByHand: 1,
  ownedByCloudSync: 1,
  /** Accounts whose guest is mastered in Active Directory: Entra Connect has matched the two. */
  matchedByConnect: 1,
  /** Accounts of guests who are blocked in Entra, still enabled. */
  accountsOfBlockedGuests: 1,

  /** In scope, without account and without a decision to be made: guestsInDefaultScope − 2 − 20 − 9 − 1. */
  guestsWithoutAccount: 211,
  /** guestsWithoutAccount less 18 with a pending invitation and 8 who are blocked: what a first plan creates by default. */
  creates: 185,

  // Directory, elsewhere
  employees: 60,
  /** The proxy's connectors, web servers, a file server. */
  computers: 9,
  /** Computers named CONNECTOR01 …: the first is right, the others are not (seed/delegation.ts says why). */
  connectors: 6,
  wrongConnectors: 5,
  groups: 6,
  serviceAccounts: 16,
  /** Accounts of web sites on which a ticket would fail. */
  wrongWebAccounts: 5,
  /** sAMAccountNames held by an employee that Left(id, 20) of a guest without account gives too. */
  accountNamesTakenElsewhere: 1,
} as const
