import type { Realm } from './kerberosConfiguration.ts'

export type ConnectorCredential =
  /** Absolute path. */
  | { readonly kind: 'keytab'; readonly file: string }
  | { readonly kind: 'password'; readonly password: string }

/** Everything that a proof asks the KDC about, already found out. */
export type ProofRequest = {
  /** Id of the application and its SPN as the proxy has it. */
  readonly application: { readonly id: string; readonly spn: string }
  readonly guest: {
    readonly entraId: string
    /** What the mapping of the application delegates. */
    readonly identity: string
    /** sAMAccountName of the account, where it is known: a page may greet the guest by it. */
    readonly accountName: string | null
  }
  readonly connector: {
    readonly name: string | null
    /** sAMAccountName; null: the one that the keytab is for. */
    readonly accountName: string | null
  }
  /** The first one is that of connector and application. */
  readonly realms: readonly Realm[]
  readonly credential: ConnectorCredential
  readonly site: SiteRequest | null
}

export type SiteRequest = {
  readonly url: string
  /** IP address to ask instead of what DNS says; null: as DNS says. */
  readonly address: string | null
  /** Authorities that are trusted besides those of the system. */
  readonly caPem: string | null
}

export type ProofTools = {
  /** PATH, on which kinit, kvno, klist and curl are looked for. */
  readonly searchPath: string
  /** Folder for temporary files. */
  readonly temporaryFolder: string
  /** ISO 8601 in UTC. */
  readonly now: () => string
  readonly report: (step: 'signIn' | 'guest' | 'service' | 'site') => void
}
