import { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import { openPlainSocket } from '../connectSocket.ts'
import { defaultTimeouts, type DirectoryConnection, type DirectoryServer } from '../directoryConnection.ts'
import { encrypt } from '../directoryLink.ts'

/** `chain`: PEM, the server's own certificate first. `untrusted`: why this computer does not trust it; null: it does. */
export type Presented = { readonly chain: readonly string[]; readonly untrusted: Problem | null }

/**
 * What a controller presents while a connection is encrypted. The certificate is verified as always: one that is not trusted
 * ends the connection, and nothing was sent over it. Its certificates are read in the moment before.
 */
export async function fetchCertificates(server: DirectoryServer, security: DirectoryConnection['security'], signal: AbortSignal): Promise<Result<Presented, Problem>> {
  const limits = { timeout: defaultTimeouts.connect, signal }
  const plain = await openPlainSocket(server, null, limits)
  if (!plain.ok) return plain
  let chain: readonly string[] = []
  const secured = await encrypt(plain.value, server, { security, caPem: null }, limits, (socket) => { chain = readChain(socket) })
  plain.value.destroy()
  if (secured.ok) {
    secured.value.destroy()
    return succeed({ chain, untrusted: null })
  }
  return secured.problem.kind === 'certificateNotTrusted' && chain.length > 0 ? succeed({ chain, untrusted: secured.problem }) : fail(secured.problem)
}

/** As far as the server sent it, or this computer knows the rest; a root names itself as its issuer. */
function readChain(socket: TLSSocket): readonly string[] {
  const chain: string[] = []
  const seen = new Set<string>()
  for (let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true); next?.raw !== undefined && !seen.has(next.fingerprint256); next = next.issuerCertificate) {
    seen.add(next.fingerprint256)
    chain.push(new X509Certificate(next.raw).toString())
  }
  return chain
}
