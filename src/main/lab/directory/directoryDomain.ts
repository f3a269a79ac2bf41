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

/** `dc1` of `dc1.contoso.lab`. */
export function hostOf(dnsName: string): string {
  return dnsName.split('.')[0] ?? dnsName
}
