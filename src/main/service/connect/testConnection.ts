import type { ConnectInput, TestStep } from '../../../shared/api/connectCalls.ts'
import { isWithin, parseDn, sameDn } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { createDirectoryInspector } from '../../connectors/ad/readiness/directoryInspector.ts'
import type { DirectoryConnection } from '../../connectors/ad/directoryConnection.ts'
import type { DirectoryInspector } from '../../connectors/readinessPorts.ts'
import { createTenantVisitor } from '../../connectors/graph/connecting/tenantVisitor.ts'
import type { EntraConnection } from '../../connectors/graph/entraConnection.ts'
import { createEntraReader } from '../../connectors/graph/entraReader.ts'
import { sayProxy, withWay } from './sayProxy.ts'
import { directoryConnectionOf, entraConnectionOf, type ConnectSession, type DirectoryDraft } from './connectSession.ts'

type Options = { readonly signal: AbortSignal }

/** Signs in, reads a little, says what came. What depends on a step that failed is not tried. */
export async function testConnection(session: ConnectSession, { draft, entra, directory }: ConnectInput<'connect.test'>, { signal }: Options): Promise<Result<{ readonly steps: readonly TestStep[] }, Problem>> {
  const steps: TestStep[] = []
  if (entra !== null) {
    const connection = await entraConnectionOf(session, draft, entra)
    steps.push(...(connection.ok ? await tryTenant(session, draft, connection.value, signal) : [failed('entra', 'Credential of the application', connection.problem), ...notTried('entra', tenantSteps)]))
  }
  if (directory !== null) {
    const connection = await directoryConnectionOf(session, draft, directory)
    steps.push(...(connection.ok ? await tryDomain(connection.value, directory, signal) : [failed('ad', 'Password of the account', connection.problem), ...notTried('ad', domainSteps)]))
  }
  return signal.aborted ? fail({ kind: 'cancelled', message: 'The test was cancelled.', remedy: 'Start it again.' }) : succeed({ steps })
}

const tenantSteps = ['Sign-in of the application', 'Name of the tenant', 'Guests'] as const

async function tryTenant(session: ConnectSession, draft: string, connection: EntraConnection, signal: AbortSignal): Promise<readonly TestStep[]> {
  const reader = createEntraReader(connection)
  try {
    const identity = await reader.identify(signal)
    if (!identity.ok) return [failed('entra', tenantSteps[0], withWay(identity.problem, connection.signInUrl, session.proxy)), ...notTried('entra', tenantSteps.slice(1))]
    const visitor = createTenantVisitor(connection)
    const name = await visitor.readName(signal)
    const end = connection.credential.kind === 'secret' ? await visitor.readSecretEnd(connection.credential.secret, signal) : null
    if (end !== null && end.ok) session.memory.draft(draft).secretEnds = end.value
    const ends = end !== null && end.ok && end.value !== null ? `; the client secret ends on ${end.value}` : ''
    return [
      passed('entra', tenantSteps[0], `The application has a token for the tenant ${identity.value.tenant}${ends}.${sayProxy(connection.signInUrl, session.proxy)}`),
      // Guestbridge needs no right to read it.
      name.ok ? passed('entra', tenantSteps[1], name.value) : { ...notTriedStep('entra', tenantSteps[1]), found: 'Not readable with the rights of the application, and not needed.' },
      await tryGuests(reader, signal),
    ]
  } finally {
    await reader.close()
  }
}

/** The first page only. */
async function tryGuests(reader: ReturnType<typeof createEntraReader>, signal: AbortSignal): Promise<TestStep> {
  for await (const page of reader.importAll({ attributes: ['displayName', 'mail'], signal })) {
    if (!page.ok) return failed('entra', tenantSteps[2], page.problem)
    const { objects, total } = page.value
    return passed('entra', tenantSteps[2], total === null ? `${objects.length} were read.` : `There are ${total}; the first ${objects.length} were read.`)
  }
  return passed('entra', tenantSteps[2], 'There is none yet.')
}

const domainSteps = ['Sign-in of our account', 'OU of the guests', 'OU of guests who left'] as const

async function tryDomain(connection: DirectoryConnection, { guestOu, disabledOu }: DirectoryDraft, signal: AbortSignal): Promise<readonly TestStep[]> {
  const wanted = disabledOu === null ? domainSteps.slice(0, 2) : domainSteps
  const inspector = createDirectoryInspector(connection)
  try {
    const servers = (await inspector.inspectServers(signal)).map(({ server, outcome }) => outcome.kind === 'secured'
      ? passed('ad', server, `Encrypted; ${outcome.root.controller} answers, its certificate is valid until ${outcome.certificate.validTo.slice(0, 10)}.`)
      : failed('ad', server, outcome.problem))
    if (servers.every(({ outcome }) => outcome === 'failed')) return [...servers, ...notTried('ad', wanted)]
    const signedIn = await inspector.signIn(signal)
    if (!signedIn.ok) return [...servers, failed('ad', wanted[0] ?? '', signedIn.problem), ...notTried('ad', wanted.slice(1))]
    const { domainDn, boundAs } = signedIn.value
    return [
      ...servers, passed('ad', domainSteps[0], `Signed in to ${domainDn} as ${boundAs}.`),
      await tryOu(inspector, domainSteps[1], guestOu, domainDn, signal),
      ...(disabledOu === null ? [] : [await tryOu(inspector, domainSteps[2], disabledOu, domainDn, signal)]),
    ]
  } finally {
    await inspector.close()
  }
}

async function tryOu(inspector: DirectoryInspector, what: string, text: string, domainDn: Dn, signal: AbortSignal): Promise<TestStep> {
  const dn = parseDn(text)
  if (!dn.ok) return failed('ad', what, { kind: 'usage', message: `"${text}" is no distinguished name.`, remedy: 'Write it as OU=Guests,DC=contoso,DC=com.' })
  if (sameDn(dn.value, domainDn)) return failed('ad', what, { kind: 'usage', message: 'The head of the domain is no OU for guests.', remedy: 'Choose or make an OU that holds nothing else.' })
  if (!isWithin(dn.value, domainDn)) return failed('ad', what, { kind: 'objectNotFound', message: `${text} is not in the domain ${domainDn}.`, remedy: 'Choose an OU of this domain.' })
  const found = await inspector.listObjects(dn.value, signal)
  if (!found.ok) return failed('ad', what, found.problem.kind === 'objectNotFound' ? absentOu(text, found.problem) : found.problem)
  const others = found.value.filter(({ adminDescription }) => adminDescription?.startsWith('User_') !== true).length
  return passed('ad', what, `${text} is there, with ${found.value.length} objects${others === 0 ? '' : `, ${others} of them without our mark`}.`)
}

function absentOu(ou: string, problem: Problem): Problem {
  return { ...problem, message: `There is no ${ou} in the domain, or our account may not see it.`, remedy: 'Check how it is spelled: "guestbridge connect ou" on a terminal shows the tree. Where it has still to be made, "guestbridge init" makes the workspace without it, and "guestbridge doctor apply directory-guest-ou" the OU.' }
}

function passed(system: TestStep['system'], what: string, found: string): TestStep {
  return { system, what, outcome: 'passed', found, problem: null }
}

function failed(system: TestStep['system'], what: string, problem: Problem): TestStep {
  return { system, what, outcome: 'failed', found: problem.message, problem }
}

function notTried(system: TestStep['system'], steps: readonly string[]): readonly TestStep[] {
  return steps.map((what) => notTriedStep(system, what))
}

function notTriedStep(system: TestStep['system'], what: string): TestStep {
  return { system, what, outcome: 'notTried', found: 'Not tried, because of what failed before.', problem: null }
}
