import type { PeerCertificate, TLSSocket } from 'node:tls'
import { PresenceFilter, SearchRequest } from 'ldapts'
import type { SearchEntry } from 'ldapts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { CertificateFacts, RootFacts, ServerInspection } from '../../readinessPorts.ts'
import { openPlainSocket } from '../connectSocket.ts'
import type { DirectoryConnection, DirectoryServer } from '../directoryConnection.ts'
import { defaultTimeouts } from '../directoryConnection.ts'
import { encrypt } from '../directoryLink.ts'
import { LdapSession } from '../ldapSession.ts'
import { textIn } from '../rootDse.ts'
import { parseTime } from '../serverState.ts'

/** One after the other, in the configured order; each is asked as itself, so that a broken one shows even while another answers. */
export async function inspectServers(connection: DirectoryConnection, signal: AbortSignal): Promise<readonly ServerInspection[]> {
  const inspections: ServerInspection[] = []
  for (const server of connection.servers) inspections.push({ server: `${server.host}:${server.port}`, outcome: await inspect(server, connection, signal) })
  return inspections
}

async function inspect(server: DirectoryServer, connection: DirectoryConnection, signal: AbortSignal): Promise<ServerInspection['outcome']> {
  const { connect, operation } = connection.timeouts ?? defaultTimeouts
  const limits = { timeout: connect, signal }
  const plain = await openPlainSocket(server, null, limits)
  if (!plain.ok) return { kind: 'unreachable', problem: plain.problem }
  const secured = await encrypt(plain.value, server, connection, limits)
  if (!secured.ok) {
    plain.value.destroy()
    return { kind: secured.problem.kind === 'certificateNotTrusted' ? 'untrusted' : 'notEncrypted', problem: secured.problem }
  }
  const certificate = describeCertificate(secured.value)
  const session = new LdapSession(secured.value)
  try {
    const root = await readRoot(session, { doing: `Asking ${server.host} what it is`, signal, timeout: operation })
    return root.ok ? { kind: 'secured', certificate, root: root.value } : { kind: 'unreachable', problem: root.problem }
  } finally {
    session.close()
  }
}

function describeCertificate(socket: TLSSocket): CertificateFacts {
  const { subject, issuer, subjectaltname, valid_to: validTo, fingerprint256 } = socket.getPeerCertificate()
  return { subject: spell(subject), issuer: spell(issuer), names: subjectaltname ?? '', validTo: new Date(validTo).toISOString(), fingerprint: fingerprint256 }
}

function spell(name: PeerCertificate['subject']): string {
  return Object.entries(name).map(([type, value]) => `${type}=${[value].flat().join('+')}`).join(', ')
}

const rootAttributes = ['dnsHostName', 'domainFunctionality', 'forestFunctionality', 'domainControllerFunctionality', 'currentTime']

/** The rootDSE may be read before anybody signs in (MS-ADTS 3.1.1.3.2). */
async function readRoot(session: LdapSession, options: Parameters<LdapSession['request']>[1]): Promise<Result<RootFacts, Problem>> {
  const asked = Date.now()
  const filter = new PresenceFilter({ attribute: 'objectClass' })
  const answer = await session.request((messageId) => new SearchRequest({ messageId, baseDN: '', scope: 'base', filter, attributes: rootAttributes }), options)
  const readAt = (asked + Date.now()) / 2
  if (!answer.ok) return answer
  const [entry] = answer.value.entries
  const controller = textIn(entry, 'dnsHostName')
  if (controller === '') return fail(notAController(options.doing))
  const level = (name: string) => numberIn(entry, name)
  return succeed({
    controller, readAt, time: parseTime(textIn(entry, 'currentTime')),
    domainLevel: level('domainFunctionality'), forestLevel: level('forestFunctionality'), controllerLevel: level('domainControllerFunctionality'),
  })
}

function numberIn(entry: SearchEntry | undefined, name: string): number | null {
  const text = textIn(entry, name)
  return /^\d{1,4}$/.test(text) ? Number(text) : null
}

function notAController(doing: string): Problem {
  return { kind: 'wrongController', message: `${doing} failed: the server is no Active Directory domain controller.`, remedy: 'Check server and port of the connection.' }
}
