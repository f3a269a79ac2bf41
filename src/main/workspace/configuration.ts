import type { LoginMapping } from '../../shared/domain/delegation.ts'
import type { PlanBlock } from '../../shared/domain/plan.ts'
import type { StepKind } from '../../shared/domain/run.ts'

/** `workspace.json`, version 1. Holds no secrets. Paths are relative to the workspace folder. */
export type WorkspaceConfiguration = {
  readonly $schema?: string
  readonly version: 1
  /** GUID made by `init`; every plan is bound to it. */
  readonly id: string
  readonly name: string
  /** `lab`: service.ts starts the embedded lab and takes the connections from it. Nothing else reads this. */
  readonly purpose: 'production' | 'lab'
  readonly entra: EntraConfiguration
  readonly activeDirectory: DirectoryConfiguration
  readonly rules: RulesConfiguration
  readonly runProfiles: Readonly<Record<string, RunProfile>>
  /** Names of run profiles, in order; `run cycle` goes through them and ends at the plan. */
  readonly cycle: readonly string[]
  /** As `cycle`, for what changed: `run "delta cycle"`. */
  readonly deltaCycle?: readonly string[]
  readonly thresholds: ThresholdConfiguration
  readonly lifecycle: LifecycleConfiguration
  readonly delegation?: DelegationConfiguration
  /** Where connectors and applications are in another domain, which trusts that of the guests' accounts. */
  readonly resourceDirectory?: ResourceDirectoryConfiguration
  readonly unattended?: UnattendedConfiguration
  readonly notifications?: NotificationConfiguration
}

export type EntraConfiguration = {
  readonly cloud: 'global' | 'usGovernment' | 'usGovernmentDoD' | 'china' | 'custom'
  /** Only for `custom`. */
  readonly graphUrl?: string
  readonly signInUrl?: string
  readonly caFile?: string
  readonly tenantId: string
  readonly clientId: string
  /** The secret itself comes from GUESTBRIDGE_ENTRA_SECRET; a PKCS#12 file's password from there too. */
  readonly credential: { readonly kind: 'secret'; /** ISO 8601 date on which the secret ends, as a person or Graph said. */ readonly expires?: string } | { readonly kind: 'certificate'; readonly file: string } | { readonly kind: 'person' }
  /** `$filter` of the import; default `userType eq 'Guest'`. */
  readonly filter?: string
  /** Object id of a group: only its transitive members are guests of this workspace. */
  readonly scopeGroup?: string
}

export type DirectoryConfiguration = {
  /** Tried in order: `ldaps://dc1.contoso.com:636`, or `ldap://dc1.contoso.com` with `security: startTls`. */
  readonly servers: readonly string[]
  readonly security: 'ldaps' | 'startTls'
  readonly caFile?: string
  /** userPrincipalName or DN; the password comes from GUESTBRIDGE_AD_PASSWORD. */
  readonly account: string
  /** Where accounts of guests are created: `%GuestOu%` of the rules. */
  readonly guestOu: string
  /** Imported and written, the guest OU always included; default: the guest OU alone. */
  readonly managedOus?: readonly string[]
  /** Global catalogs for uniqueness in the forest: `ldaps://gc1.contoso.com:3269`; without one it is "not checked". */
  readonly globalCatalogs?: readonly string[]
}

export type RulesConfiguration = {
  /** One of the shipped sets, or a file of the workspace. */
  readonly set: 'guestbridge' | 'tutorial' | 'tutorial-ou' | { readonly file: string }
  /** More `%name%` parameters of expressions. */
  readonly parameters?: Readonly<Record<string, string>>
}

export type RunProfile = { readonly step: Exclude<StepKind, 'delegationExport'>; readonly connector?: 'entra' | 'ad' }

/** Percent refers to the managed accounts and applies from 50 of them and five changes of the kind on (sync-semantics 14). */
export type Threshold = { readonly count: number; readonly percent?: number }
export type ThresholdConfiguration = Readonly<Record<PlanBlock['kind'], Threshold>> & {
  /** Changes of delegation; by count only, since few accounts have any. Default 20. */
  readonly delegation: Pick<Threshold, 'count'>
}

export type LifecycleConfiguration = {
  /** Whether a guest who has not accepted the invitation yet gets an account. */
  readonly createForPendingInvitations: boolean
  /** A source smaller than at the last good import by more than this share stops the synchronisation. */
  readonly smallerSourcePercent: number
  /** What happens to the account of a guest who left (sync-semantics 6). Default: disable. */
  readonly leavers: LeaverConfiguration
  /** Runs, evidence and old versions are kept so long, in days (sync-semantics 24). Default 180. */
  readonly retentionDays: number
}

export type LeaverConfiguration =
  | { readonly action: 'leave' }
  | { readonly action: 'disable'; readonly deleteAfterDays?: number }
  /** `ou` is managed by that. */
  | { readonly action: 'disableAndMove'; readonly ou: string; readonly deleteAfterDays?: number }

/** What signs guests in, and to what. Of any make: Entra's connectors and another proxy's service account are the same here. */
export type DelegationConfiguration = {
  readonly connectors: readonly ConnectorConfiguration[]
  readonly applications: readonly ApplicationConfiguration[]
  /** Reads connectors and applications of Entra application proxy too. */
  readonly fromEntra?: boolean
}

/** `group`: it serves the applications of that group; every application where it is missing. */
export type ConnectorConfiguration = {
  /** sAMAccountName (a computer's with or without `$`), dNSHostName, or DN of a computer, gMSA or user. */
  readonly account: string
  readonly group?: string
}

export type ApplicationConfiguration = {
  /** Its id within the workspace. */
  readonly name: string
  /** As it is set in the proxy, mistakes included: finding them is what the checks are for. */
  readonly spn: string
  readonly group?: string
  readonly internalUrl?: string
  /** Default: userPrincipalName, as Entra application proxy has it. */
  readonly mapping?: LoginMapping
}

export type ResourceDirectoryConfiguration = Pick<DirectoryConfiguration, 'servers' | 'security' | 'caFile' | 'globalCatalogs'> & {
  /** userPrincipalName or DN; the password comes from GUESTBRIDGE_RESOURCE_AD_PASSWORD. */
  readonly account: string
}

/** Full cycles so often, in days; a run that takes longer than the limit is ended. */
export type UnattendedConfiguration = { readonly fullEveryDays: number; readonly limitMinutes: number }

/** Keys and passwords come from the keychain. Addresses are those of people and systems that are told, not of guests. */
export type NotificationConfiguration = {
  /** Missing: yes. */
  readonly systemLog?: boolean
  readonly webhook?: { readonly url: string }
  readonly mail?: { readonly server: string; readonly caFile?: string; readonly user?: string; readonly from: string; readonly to: readonly string[] }
}
