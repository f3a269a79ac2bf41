import type { SrvRecord } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DirectoryConnection, DirectoryServer } from './directoryConnection.ts'
import { dnsNameOf } from './dnsNameOf.ts'

/** Who answers questions about names of hosts: a resolver of Node. */
export type NameService = Pick<Resolver, 'resolveSrv'>

/** Milliseconds: a synchronisation does not wait long for an answer without which it goes on as well. */
const patience = 2_000

/** The name service of this computer. */
export function systemNameService(): NameService {
  return new Resolver({ timeout: patience, tries: 1 })
}

/** TLS from the first octet on; SRV records name the plain port 3268 (MS-ADTS 6.3.2.3). */
const securePort = 3269

/**
 * The global catalogs that the forest of `configurationDn` has registered, preferred ones first (RFC 2782, without its
 * lottery among equals). Problem `unreachable`: nobody knows of any, or nobody answers.
 */
export async function findGlobalCatalogs(names: NameService, configurationDn: Dn, security: DirectoryConnection['security']): Promise<Result<readonly DirectoryServer[], Problem>> {
  // The configuration is below the forest's root domain: CN=Configuration,DC=contoso,DC=com (MS-ADTS 3.1.1.1.5).
  const question = `_gc._tcp.${dnsNameOf(configurationDn)}`
  try {
    const records = await names.resolveSrv(question)
    return succeed(records.toSorted(byPreference).map(({ name, port }) => ({ host: name, port: security === 'ldaps' ? securePort : port })))
  } catch (error) {
    return fail(notFound(question, error instanceof Error ? error.message : String(error)))
  }
}

function byPreference(left: SrvRecord, right: SrvRecord): number {
  return left.priority - right.priority || right.weight - left.weight || (left.name < right.name ? -1 : 1)
}

function notFound(question: string, why: string): Problem {
  return {
    kind: 'unreachable', message: `No global catalog was found by DNS (${question}): ${why}.`,
    remedy: 'Name the global catalogs in `globalCatalogs` of `activeDirectory`, for example ldaps://gc1.contoso.com:3269.',
  }
}
