import { X509Certificate } from 'node:crypto'
import type { ConnectInput, DirectoryBranch, FoundController, FoundTenant, PresentedCertificate, PresentedCertificates } from '../../../shared/api/connectCalls.ts'
import { parseDn } from '../../../shared/domain/dn.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { fetchCertificates } from '../../connectors/ad/connecting/fetchCertificates.ts'
import { createDirectoryTree } from '../../connectors/ad/connecting/directoryTree.ts'
import { findTenant as askForTenant } from '../../connectors/graph/connecting/findTenant.ts'
import { createNetworkProbes } from '../../kcd/networkProbes.ts'
import { serverOf } from '../connections.ts'
import { directoryConnectionOf, endpointsOf, type ConnectSession } from './connectSession.ts'

export async function findTenant(_session: ConnectSession, input: ConnectInput<'connect.findTenant'>, { signal }: { readonly signal: AbortSignal }): Promise<Result<FoundTenant, Problem>> {
  const endpoints = endpointsOf(input)
  if (!endpoints.ok) return endpoints
  const found = await askForTenant(endpoints.value.signInUrl, input.caPem, input.tenant, signal)
  if (!found.ok) return found
  const { graphHost } = found.value
  const expected = new URL(endpoints.value.graphUrl).host
  const isElsewhere = input.cloud !== 'custom' && graphHost !== null && !isSameGraph(graphHost, expected)
  return isElsewhere ? fail({ kind: 'wrongTenant', message: `The tenant "${input.tenant}" lives in another cloud: its Graph is ${graphHost}, not ${expected}.`, remedy: 'Choose the cloud where the tenant lives.', detail: { graphHost, expected } }) : found
}

/** Tenants of the DoD are told apart from others of the US Government by their Graph alone, which not every discovery says. */
function isSameGraph(graphHost: string, expected: string): boolean {
  const cloudOf = (host: string): string => host.replace(/^(dod-graph|graph)\./, '')
  return cloudOf(graphHost) === cloudOf(expected)
}

/** By the record that every domain controller registers for itself (MS-ADTS 6.3.2.3). The records name the plain port; we speak TLS. */
export async function findControllers(_session: ConnectSession, { domain }: ConnectInput<'connect.findControllers'>, { signal }: { readonly signal: AbortSignal }): Promise<Result<{ readonly controllers: readonly FoundController[] }, Problem>> {
  const record = `_ldap._tcp.dc._msdcs.${domain.replace(/\.$/, '')}`
  const found = await createNetworkProbes({ nameServers: null }).findServers(record, signal)
  if (found.kind === 'notRead') return fail(notFound(domain, `${record} could not be looked up: ${found.why}`))
  if (found.value.length === 0) return fail(notFound(domain, `DNS has no ${record}`))
  return succeed({ controllers: found.value.map(({ host }) => ({ host, url: `ldaps://${host}` })) })
}

function notFound(domain: string, why: string): Problem {
  return { kind: 'unreachable', message: `No domain controller of ${domain} was found: ${why}.`, remedy: 'Check the name, and that this computer asks the DNS servers of the domain; or name the domain controllers yourself.' }
}

export async function fetchCertificate(_session: ConnectSession, { server, security }: ConnectInput<'connect.fetchCertificate'>, { signal }: { readonly signal: AbortSignal }): Promise<Result<PresentedCertificates, Problem>> {
  const presented = await fetchCertificates(serverOf(server), security, signal)
  if (!presented.ok) return presented
  const { chain, untrusted } = presented.value
  return succeed({ chain: chain.map(describe), untrusted, pin: choosePin(chain) })
}

/** Only what has signed itself can vouch for a chain by itself. */
function choosePin(chain: readonly string[]): PresentedCertificates['pin'] {
  const last = chain.at(-1)
  if (last === undefined || !isSelfSigned(last)) {
    const issuer = last === undefined ? 'its authority' : describe(last).issuer
    return { kind: 'nothing', why: `The server did not send the certificate of ${issuer}, so it cannot be shown here. Export it from the authority (on Windows: certutil -ca.cert ca.cer) and give it as a file.` }
  }
  return { kind: chain.length === 1 ? 'selfSigned' : 'authority', pem: last, certificate: describe(last) }
}

/** Whatever its key usage says: controllers with a certificate of their own making have one without keyCertSign. */
function isSelfSigned(pem: string): boolean {
  const certificate = new X509Certificate(pem)
  return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey)
}

function describe(pem: string): PresentedCertificate {
  const certificate = new X509Certificate(pem)
  const spell = (name: string): string => name.replaceAll('\n', ', ')
  return {
    subject: spell(certificate.subject), issuer: spell(certificate.issuer), names: certificate.subjectAltName ?? '', validFrom: certificate.validFromDate.toISOString(), validTo: certificate.validToDate.toISOString(),
    fingerprint: certificate.fingerprint256, isSelfSigned: isSelfSigned(pem),
  }
}

export async function browseDirectory(session: ConnectSession, { draft, dn, ...controllers }: ConnectInput<'connect.browse'>, { signal }: { readonly signal: AbortSignal }): Promise<Result<DirectoryBranch, Problem>> {
  const base = dn === null ? null : parseDn(dn)
  if (base !== null && !base.ok) return fail({ kind: 'usage', message: `"${dn}" is no distinguished name.`, remedy: 'Write it as OU=Guests,DC=contoso,DC=com.' })
  const connection = await directoryConnectionOf(session, draft, controllers)
  if (!connection.ok) return connection
  const tree = createDirectoryTree(connection.value)
  try {
    return await tree.open(base === null ? null : base.value, signal)
  } finally {
    await tree.close()
  }
}
