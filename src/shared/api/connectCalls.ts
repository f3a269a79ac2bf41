import { z } from 'zod'
import type { Problem } from '../domain/problem.ts'

/**
 * Connecting a tenant and a domain, step by step: each step asks a system something and stores nothing, `connect.save` makes
 * a workspace of the answers or writes them into the one that is open. So every step can be repeated, alone, later.
 *
 * Secrets go in and never come back: they are held in the service under the id of a draft (a UUID that the caller makes,
 * one for each set-up) and go to the keychain with `connect.save`. Where a step needs a secret that the draft lacks, it is
 * that of the open workspace. Certificates and authorities are public: they travel as PEM texts.
 */
const draft = z.uuid()
const pem = z.string().min(1).max(200_000)
const ldapUrl = z.string().regex(/^ldaps?:\/\/[^/\s]+\/?$/i, 'ldaps://host[:port] or ldap://host[:port]').max(300)
const dn = z.string().min(1).max(2000)
const note = z.string().trim().min(1).max(1000)
const httpsOrigin = z.url({ protocol: /^https$/ }).max(300)

/** `graphUrl` and `signInUrl` of a custom cloud only, null otherwise. `caPem`: authorities besides the system's. */
const cloudShape = {
  cloud: z.enum(['global', 'usGovernment', 'usGovernmentDoD', 'china', 'custom']),
  graphUrl: httpsOrigin.nullable(),
  signInUrl: httpsOrigin.nullable(),
  caPem: pem.nullable(),
} as const

/** `secret`: of the draft, or of the open workspace. `certificate`: the one that was made or brought for the draft. `unchanged`: that of the open workspace. */
const credential = z.discriminatedUnion('kind', [
  /** `expires`: when the secret ends, ISO 8601 date; null: nobody knows, or it is asked of Graph. */
  z.strictObject({ kind: z.literal('secret'), expires: z.iso.date().nullable() }),
  z.strictObject({ kind: z.literal('certificate') }),
  /** The person who signed in for the draft (`connect.signIn`). */
  z.strictObject({ kind: z.literal('person') }),
  z.strictObject({ kind: z.literal('unchanged') }),
])

const entra = z.strictObject({ ...cloudShape, tenantId: z.guid(), clientId: z.guid(), credential })

/** `caPem`: the authorities that vouch for the controllers; null: those of the system. */
const controllers = { servers: z.array(ldapUrl).min(1).max(20), security: z.enum(['ldaps', 'startTls']), caPem: pem.nullable() } as const
const account = z.string().min(1).max(500)

/** `disabledOu`: where accounts of guests who left go; null: they stay where they are. */
const directory = z.strictObject({ ...controllers, account, guestOu: dn, disabledOu: dn.nullable() })

export const connectInputs = {
  /** What is configured now, and which secrets are there. */
  'connect.show': z.strictObject({}),
  /** By its id or one of its domain names. */
  'connect.findTenant': z.strictObject({ ...cloudShape, tenant: z.string().trim().min(1).max(300) }),
  'connect.keepSecret': z.strictObject({ draft, name: z.enum(['entra', 'directory']), secret: z.string().min(1).max(5000) }),
  /**
   * A person signs in: with the browser of this computer, or with a code in any other. The progress says where, and with
   * which code (`signIn`). Settles when he has.
   */
  'connect.signIn': z.strictObject({ draft, how: z.enum(['browser', 'code']), ...cloudShape, tenantId: z.guid(), clientId: z.guid() }),
  /** `password` null: a random one, which needs a keychain. Else the one that opens the key file later. */
  'connect.makeCertificate': z.strictObject({ draft, clientId: z.guid(), days: z.int().min(1).max(1095).default(365), password: z.string().min(8).max(500).nullable() }),
  /** PEM or PKCS#12 with its private key, as base64; `filePassword` opens it. It is kept as the made one is. */
  'connect.bringCertificate': z.strictObject({ draft, clientId: z.guid(), content: z.base64().min(1).max(200_000), filePassword: z.string().max(500), password: z.string().min(8).max(500).nullable() }),
  /** Asks DNS of this computer for the domain controllers of a domain. */
  'connect.findControllers': z.strictObject({ domain: z.string().trim().regex(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+\.?$/i, 'a DNS name such as contoso.com').max(255) }),
  /** What the server presents. Nothing is sent to it. */
  'connect.fetchCertificate': z.strictObject({ server: ldapUrl, security: z.enum(['ldaps', 'startTls']) }),
  /** The OUs and containers below `dn`; null: below the head of the domain. */
  'connect.browse': z.strictObject({ draft, ...controllers, account, dn: dn.nullable() }),
  /** Signs in and reads a little of each system that is given. Writes nothing. */
  'connect.test': z.strictObject({ draft, entra: entra.nullable(), directory: directory.nullable() }),
  /** `open`: the parts that are given replace those of the open workspace. `new`: a workspace in that folder, which needs both parts. */
  'connect.save': z.strictObject({
    draft, note, entra: entra.nullable(), directory: directory.nullable(),
    target: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('open') }),
      z.strictObject({ kind: z.literal('new'), folder: z.string().min(1).max(4000), name: z.string().trim().min(1).max(200) }),
    ]),
  }),
} as const

export type ConnectCallName = keyof typeof connectInputs
export type ConnectInput<Name extends ConnectCallName> = z.output<(typeof connectInputs)[Name]>

export type ConnectOutputs = {
  'connect.show': ConnectShown
  'connect.findTenant': FoundTenant
  'connect.keepSecret': { readonly isHeld: true }
  /** `account`: userPrincipalName, where Entra told it. */
  'connect.signIn': { readonly account: string | null }
  'connect.makeCertificate': PreparedCertificate
  'connect.bringCertificate': PreparedCertificate
  'connect.findControllers': { readonly controllers: readonly FoundController[] }
  'connect.fetchCertificate': PresentedCertificates
  'connect.browse': DirectoryBranch
  'connect.test': { readonly steps: readonly TestStep[] }
  'connect.save': Saved
}

/** `entra`, `directory` null: no workspace is open. `secrets`: where each one is that the configuration needs. */
export type ConnectShown = {
  readonly workspace: { readonly folder: string; readonly name: string; readonly purpose: 'production' | 'lab' } | null
  readonly entra: EntraShown | null
  readonly directory: DirectoryShown | null
  readonly secrets: readonly { readonly name: 'entra' | 'directory'; readonly source: 'environment' | 'keychain' | 'session' | 'missing' }[]
  /** Whether secrets can be kept beyond this session; null: they can, otherwise why not. */
  readonly keychain: Problem | null
  readonly expiring: readonly ExpiringSecret[]
}
export type EntraShown = { readonly cloud: z.output<typeof cloudShape.cloud>; readonly graphUrl: string | null; readonly signInUrl: string | null; readonly caPem: string | null; readonly tenantId: string; readonly clientId: string; readonly credential: 'secret' | 'certificate' | 'person' }
export type DirectoryShown = z.output<typeof directory>

/** `endsAt`: ISO 8601 in UTC. `state`: within 30 days of its end, or past it. */
export type ExpiringSecret = { readonly name: 'entra'; readonly what: 'certificate' | 'clientSecret'; readonly endsAt: string; readonly daysLeft: number; readonly state: 'expiresSoon' | 'expired'; readonly sentence: string }

/** `graphHost`: where this tenant's cloud has Graph, as its sign-in says. */
export type FoundTenant = { readonly tenantId: string; readonly graphHost: string | null; readonly cloudInstance: string | null }

/** The public part; the private key stays in the service, encrypted. Thumbprints are hexadecimal, upper case, without colons. */
export type PreparedCertificate = {
  readonly certificatePem: string
  readonly subject: string
  readonly sha1: string
  readonly sha256: string
  /** ISO 8601 in UTC. */
  readonly notAfter: string
  /** How an administrator uploads it. `FILE` stands for the file with the public part. */
  readonly upload: readonly { readonly title: string; readonly language: 'shell' | 'powershell'; readonly text: string }[]
}

/** `url`: as it goes into `servers`. */
export type FoundController = { readonly host: string; readonly url: string }

/** Times are ISO 8601 in UTC; the fingerprint is SHA-256 with colons. */
export type PresentedCertificate = { readonly subject: string; readonly issuer: string; readonly names: string; readonly validFrom: string; readonly validTo: string; readonly fingerprint: string; readonly isSelfSigned: boolean }
export type PresentedCertificates = {
  /** The server's own first, then those of its issuers as far as it sent them. */
  readonly chain: readonly PresentedCertificate[]
  /** Null: this computer trusts it as it is. */
  readonly untrusted: Problem | null
  /**
   * What to trust once a person has compared the fingerprint: the authority, or the server's own certificate where it has
   * signed itself. `nothing`: the server did not send its authority, which must come as a file.
   */
  readonly pin: { readonly kind: 'authority' | 'selfSigned'; readonly pem: string; readonly certificate: PresentedCertificate } | { readonly kind: 'nothing'; readonly why: string }
}

/** `users` counts those in it and below it; `isMore`: there are more than were counted. */
export type DirectoryBranch = { readonly domainDn: string; readonly dn: string; readonly controller: string; readonly children: readonly DirectoryChild[] }
export type DirectoryChild = { readonly dn: string; readonly name: string; readonly kind: 'organizationalUnit' | 'container'; readonly users: number; readonly isMore: boolean; readonly hasChildren: boolean }

/** One thing that was tried, with what came of it in words. `problem` where it failed. */
export type TestStep = { readonly system: 'entra' | 'ad'; readonly what: string; readonly outcome: 'passed' | 'failed' | 'notTried'; readonly found: string; readonly problem: Problem | null }

/** `kept`: where each secret of the draft went; `session`: in the memory of this program only, because there is no keychain. */
export type Saved = {
  readonly folder: string
  readonly id: string
  readonly files: readonly string[]
  readonly kept: readonly { readonly name: 'entra' | 'directory'; readonly where: 'keychain' | 'session'; readonly variable: string }[]
  /** Why the keychain could not be used; null where it could, or nothing was to be kept. */
  readonly keychain: Problem | null
}
