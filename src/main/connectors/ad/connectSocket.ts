import type { Socket } from 'node:net'
import { connect as connectPlain, isIP } from 'node:net'
import type { PeerCertificate, TLSSocket } from 'node:tls'
import { connect as connectSecurely, getCACertificates } from 'node:tls'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DirectoryServer } from './directoryConnection.ts'
import { cancelled, timedOut } from './errors.ts'

type Limits = { readonly timeout: number; readonly signal: AbortSignal }

/** `address`: where the server was found before; a name may lead to several controllers, and the certificate is still checked against it. */
export function openPlainSocket(server: DirectoryServer, address: string | null, limits: Limits): Promise<Result<Socket, Problem>> {
  const socket = connectPlain({ host: address ?? server.host, port: server.port, noDelay: true, keepAlive: true })
  return settle(socket, 'connect', describeServer(server), limits, (error) => describeNetworkError(server, error))
}

/** Encrypts an open socket. The certificate must be trusted and name the host: both are checked by Node, and nothing here can turn it off. `onPresented` sees the certificates, trusted or not. */
export function secureSocket(plain: Socket, server: DirectoryServer, caPem: string | null, limits: Limits, onPresented: (socket: TLSSocket) => void = () => undefined): Promise<Result<TLSSocket, Problem>> {
  const ca = caPem ?? [...getCACertificates('default'), ...getCACertificates('system')]
  // RFC 6066 3: no address as server name; the address is then compared with the certificate by `host`.
  const name = isIP(server.host) === 0 ? { servername: server.host } : {}
  const socket = connectSecurely({ socket: plain, host: server.host, ca, ...name })
  let certificate: PeerCertificate | null = null
  // Node destroys a socket that it does not trust before anyone can ask what the certificate was.
  socket.prependListener('secure', () => {
    certificate = socket.getPeerCertificate()
    onPresented(socket)
  })
  return settle(socket, 'secureConnect', describeServer(server), limits, (error) => describeTlsError(server, error, certificate))
}

function settle<Kind extends Socket>(socket: Kind, event: string, doing: string, limits: Limits, describe: (error: NodeJS.ErrnoException) => Problem): Promise<Result<Kind, Problem>> {
  return new Promise((resolve) => {
    const finish = (result: Result<Kind, Problem>) => {
      clearTimeout(timer)
      limits.signal.removeEventListener('abort', abort)
      socket.removeAllListeners()
      if (!result.ok) {
        // A destroyed socket may still report an error that nobody waits for any more.
        socket.on('error', () => undefined)
        socket.destroy()
      }
      resolve(result)
    }
    const abort = () => finish(fail(cancelled(doing)))
    const timer = setTimeout(() => finish(fail(timedOut(doing, limits.timeout))), limits.timeout)
    if (limits.signal.aborted) return abort()
    limits.signal.addEventListener('abort', abort, { once: true })
    socket.once(event, () => finish(succeed(socket)))
    socket.once('error', (error: NodeJS.ErrnoException) => finish(fail(describe(error))))
    socket.once('close', () => finish(fail(describe(new Error('the server closed the connection')))))
  })
}

function describeServer(server: DirectoryServer): string {
  return `Connecting to ${server.host}:${server.port}`
}

function describeNetworkError(server: DirectoryServer, error: NodeJS.ErrnoException): Problem {
  const remedies: Readonly<Record<string, string>> = {
    ENOTFOUND: 'Check the name of the server and that this computer asks the DNS servers of the domain.',
    ECONNREFUSED: 'Check the port; a domain controller without a certificate does not answer LDAPS on 636.',
  }
  return {
    kind: 'unreachable',
    message: `${describeServer(server)} failed: the server cannot be reached.`,
    remedy: remedies[error.code ?? ''] ?? 'Check name, port, network and firewall between this computer and the domain controller.',
    detail: { reason: error.code ?? error.message },
  }
}

const namesMismatch = 'ERR_TLS_CERT_ALTNAME_INVALID'
/** Codes of OpenSSL's verification (X509_V_ERR_*), as Node names them. */
const untrusted = /CERT|SIGNATURE|SELF_SIGNED|ISSUER|CRL|HOSTNAME|INVALID_(CA|PURPOSE)|PATH_LENGTH/

function describeTlsError(server: DirectoryServer, error: NodeJS.ErrnoException, certificate: PeerCertificate | null): Problem {
  const code = error.code ?? ''
  if (!untrusted.test(code) || code.startsWith('ERR_SSL')) {
    return { ...describeNetworkError(server, error), message: `${describeServer(server)} failed: no encrypted connection could be made.`, remedy: 'Check port and security: LDAPS is usually 636, StartTLS 389, and the domain controller needs a certificate.' }
  }
  const because = code === namesMismatch ? `its certificate is for other names (${certificate?.subjectaltname ?? 'none'})` : `its certificate is not trusted (${error.message})`
  return {
    kind: 'certificateNotTrusted',
    message: `${describeServer(server)} failed: ${because}.`,
    remedy: code === namesMismatch ? 'Connect by a name that the certificate carries.' : 'Give the file of the authority that issued the certificate, or renew the certificate on the domain controller.',
    detail: { reason: code, ...describeCertificate(certificate) },
  }
}

function describeCertificate(certificate: PeerCertificate | null): Readonly<Record<string, string>> {
  if (certificate?.subject === undefined) return {}
  return {
    subject: spell(certificate.subject), issuer: spell(certificate.issuer), validFrom: certificate.valid_from, validTo: certificate.valid_to, fingerprint: certificate.fingerprint256,
  }
}

function spell(name: PeerCertificate['subject']): string {
  return Object.entries(name).map(([type, value]) => `${type}=${[value].flat().join('+')}`).join(', ')
}
