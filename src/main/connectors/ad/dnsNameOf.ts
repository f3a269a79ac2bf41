import { parentDn, rdnOf } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'

/** `contoso.com` of any DN that ends in DC=contoso,DC=com (RFC 2247). */
export function dnsNameOf(object: Dn): string {
  const labels: string[] = []
  for (let dn: Dn | null = object; dn !== null && dn !== ''; dn = parentDn(dn)) {
    const { type, value } = rdnOf(dn)
    if (type.toLowerCase() === 'dc') labels.push(value)
  }
  return labels.join('.')
}
