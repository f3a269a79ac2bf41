import type { DirectoryAccount, SeedEntry } from './seedEntry.ts'

export type DirectoryOptions = {
  /** Loopback address to listen on. */
  readonly host: string
  /** 0 takes a free port. */
  readonly ldapsPort: number
  /** Plain LDAP with StartTLS; 0 takes a free port. */
  readonly ldapPort: number
  readonly tls: { readonly certificatePem: string; readonly privateKeyPem: string }
  /** SQLite file with all entries; made and seeded when it is new, read as it is otherwise. */
  readonly file: string
  readonly domain: DirectoryDomain
  /** Written only when the file is new. */
  readonly seed: readonly SeedEntry[]
  readonly accounts: readonly DirectoryAccount[]
}

export type DirectoryDomain = {
  /** e.g. `contoso.lab` */
  readonly dnsName: string
  /** e.g. `CONTOSO` */
  readonly netBiosName: string
  /** e.g. `S-1-5-21-1004336348-1177238915-682003330` */
  readonly sid: string
  /** e.g. `dc1.contoso.lab` */
  readonly controllerName: string
}

export type RunningDirectory = {
  readonly ldapsPort: number
  readonly ldapPort: number
  close(): Promise<void>
}

/**
 * Starts an LDAP server that behaves as a domain controller of Windows Server does. Rejects when a port is taken or the file cannot be read.
 */
export function startDirectory(options: DirectoryOptions): Promise<RunningDirectory> {
  return Promise.reject(new Error(`The directory of ${options.domain.dnsName} cannot be started yet`))
}
