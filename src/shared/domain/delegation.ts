import type { Dn, ObjectGuid, Sid } from './ids.ts'

/** What was read, or why it was not: a check that needs it then answers "not checked", never "passed". */
export type Reading<Value> = { readonly kind: 'read'; readonly value: Value } | { readonly kind: 'notRead'; readonly why: string }

export const delegationModes = ['none', 'unconstrained', 'kerberosOnly', 'anyProtocol'] as const
/** As the tab "Delegation" of an account in Active Directory Users and Computers. */
export type DelegationMode = (typeof delegationModes)[number]

/** The identity that Entra application proxy hands to the KDC for a user ("delegated login identity"). */
export const loginMappings = ['userPrincipalName', 'onPremisesUserPrincipalName', 'userPrincipalUsername', 'onPremisesUserPrincipalUsername', 'onPremisesSAMAccountName'] as const
export type LoginMapping = (typeof loginMappings)[number]

/** Everything that the checks read, at one moment. Plain data: the checks are pure functions of it. */
export type DelegationFacts = {
  /** ISO 8601 in UTC; ages (passwords, skew, certificates) are counted from it. */
  readonly readAt: string
  readonly domains: readonly DomainFacts[]
  readonly connectors: readonly ConnectorFacts[]
  readonly applications: readonly ApplicationFacts[]
  readonly guests: readonly GuestFacts[]
  /** Who owns each SPN that a connector's list or an application names; key: SPN in lower case. */
  readonly services: Readonly<Record<string, Reading<readonly SpnOwner[]>>>
  /** Names of the SIDs in descriptors and groups; null: nobody has it any more. */
  readonly names: Readonly<Record<string, Reading<{ readonly name: string; readonly sid: Sid } | null>>>
  /** What the last proofs said (check 45). */
  readonly proofs: readonly ProofOutcome[]
}

export type DomainFacts = {
  readonly dnsName: string
  readonly dn: Dn
  readonly sid: Sid
  /** Where guests' accounts are, where connectors and applications are; one domain is usually both. */
  readonly role: 'accounts' | 'resources' | 'both'
  readonly controllers: readonly ControllerFacts[]
  /** domainControllerFunctionality of the controller that was asked. */
  readonly controllerLevel: Reading<number>
  /** Targets of _kerberos._tcp.<domain>. */
  readonly kerberosServers: Reading<readonly string[]>
  readonly directoryHeuristics: Reading<string | null>
  /** Since when the domain can have AES keys (whenCreated of the group with RID 521, which came with Windows Server 2008). */
  readonly aesSince: Reading<string | null>
  /** Members of S-1-5-32-554 and S-1-5-32-560. */
  readonly preWindows2000Access: Reading<readonly Sid[]>
  readonly authorizationAccess: Reading<readonly Sid[]>
  readonly trusts: Reading<readonly TrustFacts[]>
  /** Of the forest, besides the names of its domains. */
  readonly userPrincipalNameSuffixes: Reading<readonly string[]>
}

export type TrustFacts = {
  readonly partner: string
  /** trustDirection: 1 inbound, 2 outbound, 3 both. */
  readonly direction: number
  readonly trustType: number
  /** trustAttributes: 0x8 forest transitive, 0x10 selective authentication, 0x20 within the forest. */
  readonly attributes: number
  /** Suffixes that the trust routes to the partner, in lower case. */
  readonly routedSuffixes: Reading<readonly string[]>
}

export type ControllerFacts = {
  readonly host: string
  /** Its clock minus ours, in seconds. */
  readonly skew: Reading<number>
  readonly ports: Readonly<Record<'kerberos' | 'ldaps', Reading<'open' | 'closed'>>>
}

/** An account as the directory shows it, as far as delegation is concerned. */
export type PrincipalFacts = {
  readonly anchor: ObjectGuid
  readonly dn: Dn
  readonly sid: Sid
  /** DNS name of its domain. */
  readonly domain: string
  readonly objectClass: 'user' | 'computer' | 'managedServiceAccount' | 'groupManagedServiceAccount'
  readonly accountName: string
  readonly userPrincipalName: string | null
  readonly dnsHostName: string | null
  readonly displayName: string | null
  readonly userAccountControl: number
  /** msDS-User-Account-Control-Computed: 0x10 locked, 0x800000 password expired. */
  readonly computedControl: Reading<number>
  /** ISO 8601; null: never. */
  readonly accountExpires: string | null
  readonly passwordSetAt: string | null
  /** msDS-SupportedEncryptionTypes; null where it has no value. */
  readonly encryptionTypes: number | null
  readonly operatingSystemVersion: string | null
  readonly primaryGroupId: number | null
  readonly adminCount: number | null
  readonly servicePrincipalNames: readonly string[]
  /** msDS-AllowedToDelegateTo. */
  readonly allowedToDelegateTo: readonly string[]
  /** msDS-AllowedToActOnBehalfOfOtherIdentity: its octets, and what they say. */
  readonly trust: Reading<ResourceTrust | null>
  readonly tokenGroups: Reading<readonly Sid[]>
  /** allowedAttributesEffective: what our account may write on this object, in lower case. */
  readonly writableAttributes: Reading<readonly string[]>
  /** Set where only the global catalog knows the account: what it has no copy of (the list, encryption types, times, the list of trustees) is empty here without being empty there. */
  readonly readFrom?: 'globalCatalog'
}

export type ResourceTrust = {
  readonly base64: string
  /** Malformed descriptors are shown and never overwritten. */
  readonly content: { readonly kind: 'descriptor'; readonly entries: readonly TrustEntry[] } | { readonly kind: 'malformed'; readonly why: string }
}
export type TrustEntry = { readonly kind: 'allow' | 'deny' | 'other'; readonly sid: Sid | null; readonly mask: number }

export type ConnectorFacts = {
  /** As people call it: the account's name, or the machine's name of Entra. */
  readonly name: string
  /** Connector group of Entra, or of workspace.json; null: it serves every application. */
  readonly group: string | null
  readonly source: 'configuration' | 'entra'
  /** Of Entra only. */
  readonly status: 'active' | 'inactive' | null
  /** All that the name could mean: none and several are findings. */
  readonly accounts: Reading<readonly PrincipalFacts[]>
}

export type ApplicationFacts = {
  /** Stable within the workspace: the id of Entra, or the name of workspace.json. */
  readonly id: string
  readonly name: string
  readonly source: 'configuration' | 'entra'
  readonly spn: string
  readonly group: string | null
  readonly internalUrl: string | null
  readonly mapping: LoginMapping | null
  readonly singleSignOnMode: string | null
  readonly preAuthentication: string | null
  /** Entra ids of those it is assigned to; null: everybody may use it, or it is not of Entra. */
  readonly assignedTo: Reading<readonly string[] | null>
  /** DNS of the SPN's host. */
  readonly host: Reading<{ readonly kind: 'address' | 'alias' | 'unknown'; readonly target: string | null }>
}

/** `alias`: not registered as such, but the HOST entry of the account covers the service class (sPNMappings). */
export type SpnOwner = { readonly by: 'explicit' | 'alias'; readonly account: PrincipalFacts }

export type GuestFacts = {
  readonly entraId: string
  readonly displayName: string | null
  readonly userPrincipalName: string
  readonly mail: string | null
  /** What a member synchronised by Connect has; empty for guests. */
  readonly onPremisesUserPrincipalName: string | null
  readonly onPremisesAccountName: string | null
  readonly isEnabled: boolean | null
  readonly externalUserState: string | null
  readonly isSynchronised: boolean | null
  /** The account that the metaverse joins to the guest; null: none. */
  readonly account: Reading<PrincipalFacts | null>
  /** Accounts of the directory by each identity that a mapping could delegate: key as `loginMappings`. */
  readonly found: Readonly<Partial<Record<LoginMapping, Reading<readonly PrincipalFacts[]>>>>
}

/** 1 to 47, as numbered in the table of checks (kcd/rules/checks.ts). */
export type CheckNumber = number
export type FindingState = 'passed' | 'warning' | 'failed' | 'notChecked'
export type Finding = {
  readonly check: CheckNumber
  /** Name of the check in kebab case: `protocol-transition-missing`. */
  readonly id: string
  readonly state: FindingState
  readonly about: { readonly connector: string | null; readonly application: string | null; readonly guest: string | null }
  /** A sentence with the names in it. */
  readonly message: string
  /** What to do; null where nothing is wrong. */
  readonly remedy: string | null
  /** What was looked at: "CN=CONNECTOR01,… msDS-AllowedToDelegateTo". */
  readonly read: readonly string[]
  /** What Guestbridge can plan for it; null: done elsewhere. */
  readonly intent: DelegationIntent | null
}

/** One of the wishes that a plan of delegation can begin with. */
export type DelegationIntent =
  | { readonly kind: 'allowService' | 'disallowService'; readonly account: ObjectGuid; readonly spn: string }
  | { readonly kind: 'useAnyProtocol' | 'useKerberosOnly' | 'endUnconstrained' | 'allowAes'; readonly account: ObjectGuid }
  | { readonly kind: 'trustConnectors' | 'endTrust'; readonly service: ObjectGuid; readonly connectors: readonly Sid[] }
  | { readonly kind: 'registerService' | 'unregisterService'; readonly account: ObjectGuid; readonly spn: string }
  /** Everything that one application needs, for every connector of its group. */
  | { readonly kind: 'makeApplicationWork'; readonly application: string; readonly way: 'classic' | 'resourceBased' }

/** A pair of the map: does sign-on from this connector to this application work? */
export type DelegationCell = { readonly connector: string; readonly application: string; readonly state: FindingState; readonly way: 'classic' | 'resourceBased' | null; readonly findings: readonly number[] }

/** What each mapping would delegate for a guest, and whether that is exactly one account. */
export type LoginIdentity = {
  readonly mapping: LoginMapping
  readonly identity: string | null
  readonly resolvesTo: 'theGuestsAccount' | 'anotherAccount' | 'several' | 'nobody' | 'nothingToDelegate' | 'notChecked'
  readonly accounts: readonly string[]
}

export type GuestReadiness = { readonly guest: string; readonly application: string; readonly state: FindingState; readonly identities: readonly LoginIdentity[]; readonly findings: readonly number[] }

/** `findings` of cells and readiness are positions in `findings`. */
export type DelegationCheck = {
  readonly facts: DelegationFacts
  readonly findings: readonly Finding[]
  readonly cells: readonly DelegationCell[]
  readonly readiness: readonly GuestReadiness[]
}

/** What a proof came to. Where none was possible: `notProven` and why, never "works". */
export type ProofOutcome = {
  readonly application: string
  readonly guest: string
  readonly connector: string | null
  /** ISO 8601 in UTC. */
  readonly at: string
  /** The domain controller that answered, where known. */
  readonly controller: string | null
  readonly result:
    | { readonly kind: 'ticket'; readonly principal: string; readonly service: string; readonly encryptionType: string; readonly startsAt: string | null; readonly endsAt: string | null; readonly site: SiteAnswer | null; /** Why the site gave no answer although it was asked, or why its answer proves little. */ readonly siteProblem?: string }
    | { readonly kind: 'refused'; readonly reason: ProofRefusal; readonly text: string; /** Checks that explain it. */ readonly checks: readonly CheckNumber[]; readonly remedy: string }
    | { readonly kind: 'notProven'; readonly why: string; readonly remedy: string }
}
export type ProofRefusal = 'notAllowedToDelegate' | 'accountRestricted' | 'accountUnknown' | 'serviceUnknown' | 'connectorRefused' | 'clockSkew' | 'encryptionType' | 'unreachable' | 'other'

/** What the web site answered to the Negotiate round trip, and whom it says that it saw. */
export type SiteAnswer = { readonly url: string; readonly status: number; readonly seenAs: string | null; readonly text: string }
