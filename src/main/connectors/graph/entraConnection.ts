/** What the connector `entra` needs; made from the workspace's configuration and its secrets. */
export type EntraConnection = {
  /** `https://graph.microsoft.com`, or any https host with port; without path. */
  readonly graphUrl: string
  /** `https://login.microsoftonline.com`; without path. */
  readonly signInUrl: string
  readonly tenantId: string
  readonly clientId: string
  readonly credential: EntraCredential
  /** Certification authorities (PEM) trusted besides the bundled ones and the system's. */
  readonly caPem: string | null
  /** `$filter` of the import, such as `userType eq 'Guest'`; empty: every user. What it may hold: parseFilter.ts. */
  readonly filter: string
  /** Object id of a group whose transitive members alone are in scope; the filter holds for them too. */
  readonly scopeGroup?: string
  /** `$top`: 1 to 999. */
  readonly pageSize: number
}

/** PEM texts; the private key is RSA and has no password. */
export type ApplicationCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificatePem: string; readonly privateKeyPem: string }

/** A person who signed in before. Each use gives another refresh token, which `keep` takes the place of the former with. */
export type PersonCredential = { readonly kind: 'person'; readonly refreshToken: () => string; readonly keep: (refreshToken: string) => Promise<void> }

export type EntraCredential = ApplicationCredential | PersonCredential
