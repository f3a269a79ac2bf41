import { X509Certificate } from 'node:crypto'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * Makes `fetch` of this thread trust the bundled authorities, the system's and the given ones, for connections from now on.
 * What was trusted before stays trusted: two connections of one process may need different authorities.
 */
export function trustAuthorities(caPem: string | null): Result<null, Problem> {
  const configured = caPem === null ? [] : caPem.match(pemBlock) ?? []
  const unreadable = configured.find((pem) => !isCertificate(pem))
  if (caPem !== null && (configured.length === 0 || unreadable !== undefined)) return fail(notACertificate)
  const trusted = [...getCACertificates('default'), ...getCACertificates('bundled'), ...getCACertificates('system'), ...configured]
  setDefaultCACertificates([...new Set(trusted.map((pem) => pem.trim()))])
  return succeed(null)
}

const notACertificate: Problem = {
  kind: 'configurationInvalid',
  message: 'The file with certification authorities for Entra holds no readable certificate.',
  remedy: 'Name a PEM file (-----BEGIN CERTIFICATE-----) as `caFile` of `entra`.',
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    // node:crypto has no other way to ask; the caller says which file it is.
    return false
  }
}
