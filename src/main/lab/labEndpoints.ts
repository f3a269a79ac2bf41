/** How to reach a running lab and sign in to it. Holds the lab's secrets: they open nothing but the lab. */
export type LabEndpoints = {
  /** Proves to a second process that it has found this folder's lab and no other. */
  readonly labId: string
  /** `https://localhost:<port>` */
  readonly graphUrl: string
  /** `https://localhost:<port>` */
  readonly signInUrl: string
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
  /** PEM with certificate and private key of the same application, as the other way to sign in. */
  readonly clientCertificateFile: string
  /** `ldaps://127.0.0.1:<port>`: OpenLDAP's clients take `localhost` for the name of the computer and refuse the certificate. */
  readonly ldapsUrl: string
  /** `ldap://127.0.0.1:<port>`, for StartTLS */
  readonly ldapUrl: string
  /** `ldaps://127.0.0.1:<port>` of the global catalog; null where lab.json turns it off. */
  readonly globalCatalogUrl: string | null
  readonly domain: { readonly dnsName: string; readonly baseDn: string; readonly guestOu: string; readonly sid: string }
  /** `127.0.0.1:<port>`, UDP: the name server of the domain. */
  readonly nameServer: string
  /** userPrincipalName of the account with rights on the guest OU only. */
  readonly account: string
  readonly accountPassword: string
  /** userPrincipalName */
  readonly administrator: string
  readonly administratorPassword: string
  /** `https://localhost:<port>`: where administerLab sends what is to happen in the lab. */
  readonly administrationUrl: string
  readonly administrationToken: string
  /** Absolute path of the root certificate, PEM. */
  readonly caFile: string
  /** Process that runs the lab. */
  readonly pid: number
}
