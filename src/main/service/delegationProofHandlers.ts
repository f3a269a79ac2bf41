import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import type { CallOptions, Input, Outputs } from '../../shared/api/contract.ts'
import type { ProofOutcome } from '../../shared/domain/delegation.ts'
import { parseDn } from '../../shared/domain/dn.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { parseConnectorAnswer } from '../kcd/proof/connectorAnswer.ts'
import { renderConnectorScript } from '../kcd/proof/connectorScript.ts'
import { keepProof } from '../kcd/proof/keptProofs.ts'
import type { Realm } from '../kcd/proof/kerberosConfiguration.ts'
import { prepareRequest } from '../kcd/proof/prepareRequest.ts'
import type { ConnectorCredential, ProofTools } from '../kcd/proof/proofRequest.ts'
import { notProven } from '../kcd/proof/proofSteps.ts'
import { findProofSubject, findServingConnectors, type ProofSubject } from '../kcd/proof/proofSubject.ts'
import { proveSignOn } from '../kcd/proof/proveSignOn.ts'
import type { DelegationSources } from '../kcd/reading/delegationSources.ts'
import { findObject } from '../runs/findObject.ts'
import { fillFromKeychain } from '../workspace/keychain.ts'
import { knownSecrets } from '../workspace/knownSecrets.ts'
import { readAuthority, serverOf } from './connections.ts'
import { openDelegationSources } from './delegationSources.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Asks the KDC, keeps what came out for the checks, and records who proved what. The lab has no Kerberos: nothing is proved there. */
export async function proveDelegation(session: WorkspaceSession, input: Input<'delegation.prove'>, options: CallOptions): Promise<Result<ProofOutcome, Problem>> {
  return session.asWriter<ProofOutcome>('proof of sign-on', { signal: options.signal, report: options.onProgress }, async () => {
    const asked = await findSubject(session, input, options.signal)
    if (!asked.ok) return asked
    const outcome = await prove(session, input, asked.value, options)
    // What was broken off says nothing, so nothing of it is kept.
    if (options.signal.aborted) return fail({ kind: 'cancelled', message: 'The proof of sign-on was cancelled.', remedy: 'Ask again.' })
    return outcome.ok ? record(session, outcome.value) : outcome
  })
}

export async function renderProofScript(session: WorkspaceSession, input: Input<'delegation.proofScript'>, { signal }: CallOptions): Promise<Result<Outputs['delegation.proofScript'], Problem>> {
  const asked = await findSubject(session, input, signal)
  if (!asked.ok) return asked
  return succeed({ text: renderConnectorScript({ ...namesOf(asked.value.subject), url: input.url }) })
}

export async function readProofAnswer(session: WorkspaceSession, input: Input<'delegation.proofAnswer'>, options: CallOptions): Promise<Result<ProofOutcome, Problem>> {
  return session.asWriter<ProofOutcome>('proof of sign-on', { signal: options.signal, report: options.onProgress }, async () => {
    const asked = await findSubject(session, input, options.signal)
    if (!asked.ok) return asked
    const names = namesOf(asked.value.subject)
    const answer = parseConnectorAnswer(input.text, names)
    if (!answer.ok) return answer
    const { at, computer, result } = answer.value
    return record(session, { application: names.application, guest: names.guest, connector: computer, at, controller: null, result })
  })
}

type Asked = { readonly subject: ProofSubject; readonly sources: DelegationSources }

async function findSubject(session: WorkspaceSession, { application, guest }: { readonly application: string; readonly guest: string }, signal: AbortSignal): Promise<Result<Asked, Problem>> {
  const found = await findObject(session.reader, guest)
  if (!found.ok) return found
  if (found.value.guest === null) return fail({ kind: 'notFoundInWorkspace', message: `"${guest}" is no guest of the last import.`, remedy: 'Name a guest by Entra id, userPrincipalName or mail address.' })
  const sources = await openDelegationSources(session)
  if (!sources.ok) return sources
  const subject = await findProofSubject(sources.value, application, found.value.guest.object.anchor, signal)
  return subject.ok ? succeed({ subject: subject.value, sources: sources.value }) : subject
}

function namesOf({ application, guest, identity }: ProofSubject): { readonly application: string; readonly guest: string; readonly identity: string; readonly spn: string } {
  return { application: application.id, guest: guest.entraId, identity, spn: application.spn }
}

async function prove(session: WorkspaceSession, input: Input<'delegation.prove'>, { subject, sources }: Asked, options: CallOptions): Promise<Result<ProofOutcome, Problem>> {
  const ended = (result: ProofOutcome['result'], connector: string | null): Result<ProofOutcome, Problem> => (
    succeed({ application: subject.application.id, guest: subject.guest.entraId, connector, at: session.now(), controller: null, result })
  )
  const lab = await session.labEndpoints()
  if (!lab.ok) return lab
  if (lab.value !== null) return ended(notProven('The lab has no Kerberos, so no ticket can be asked for.', 'Prove it in a workspace of a real domain.'), null)
  const connectors = await findServingConnectors(sources, subject.application, input.connector, options.signal)
  if (!connectors.ok) return connectors
  const site = await describeSite(session, input)
  if (!site.ok) return site
  const prepared = prepareRequest(subject, connectors.value, { credential: await readCredential(session, input.keytab), realms: realmsOf(session), site: site.value })
  if (prepared.kind === 'impossible') return ended(prepared.result, prepared.connector)
  return succeed(await proveSignOn(prepared.request, toolsOf(session, site.value === null ? 3 : 4, options), options.signal))
}

async function record(session: WorkspaceSession, outcome: ProofOutcome): Promise<Result<ProofOutcome, Problem>> {
  const { application, guest, connector, controller, result } = outcome
  await session.audit('signOnProved', null, { application, guest, connector, controller, result: result.kind, ...(result.kind === 'refused' ? { reason: result.reason } : {}) })
  await keepProof(session.folder, outcome)
  return succeed(outcome)
}

async function readCredential({ folder, environment, configuration }: WorkspaceSession, keytab: string | null): Promise<ConnectorCredential | null> {
  if (keytab !== null) return { kind: 'keytab', file: resolve(folder, keytab) }
  const { variable } = knownSecrets.proxy
  const password = (await fillFromKeychain(environment, configuration.id, ['proxy']))[variable] ?? ''
  return password === '' ? null : { kind: 'password', password }
}

async function describeSite({ folder, configuration }: WorkspaceSession, { url, address }: Input<'delegation.prove'>): Promise<Result<Parameters<typeof prepareRequest>[2]['site'], Problem>> {
  if (url === null) return succeed(null)
  const { activeDirectory, resourceDirectory } = configuration
  // Who issues certificates for domain controllers issues them for the intranet.
  const ca = await readAuthority(folder, (resourceDirectory ?? activeDirectory).caFile)
  return ca.ok ? succeed({ url, address, caPem: ca.value }) : ca
}

/** The controllers that are read and written are asked first: a change counts there at once. */
function realmsOf({ configuration: { activeDirectory, resourceDirectory } }: WorkspaceSession): readonly Realm[] {
  const hosts = (servers: readonly string[]): readonly string[] => servers.map((server) => serverOf(server).host)
  const accounts: Realm = { domain: domainOf(activeDirectory.guestOu), controllers: hosts(activeDirectory.servers) }
  const suffix = /@([^@]+)$/.exec(resourceDirectory?.account ?? '')?.[1]
  if (resourceDirectory === undefined || suffix === undefined) return [accounts]
  return [{ domain: suffix, controllers: hosts(resourceDirectory.servers) }, accounts]
}

/** `contoso.com` of `…,DC=contoso,DC=com` (RFC 2247). */
function domainOf(dn: string): string {
  const parsed = parseDn(dn)
  return (parsed.ok ? parsed.value : dn).split(',').flatMap((part) => /^\s*DC=(.+)$/i.exec(part)?.[1] ?? []).join('.')
}

const phases = { signIn: 'sign in as the connector', guest: 'ask for the guest', service: 'ask for the service', site: 'ask the site' } as const

function toolsOf(session: WorkspaceSession, total: number, { onProgress }: CallOptions): ProofTools {
  const order = Object.keys(phases)
  return {
    searchPath: session.environment['PATH'] ?? '', temporaryFolder: tmpdir(), now: session.now,
    report: (step) => onProgress({ run: 0, step: null, connector: null, phase: `proof: ${phases[step]}`, done: order.indexOf(step), total }),
  }
}
