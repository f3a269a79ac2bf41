import type { CallOptions, Input, Outputs } from '../../shared/api/contract.ts'
import type { DelegationReport, DelegationSettings, ProxyState } from '../../shared/api/delegationCalls.ts'
import type { Reading } from '../../shared/domain/delegation.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { ApplicationProxy } from '../connectors/applicationProxy.ts'
import { findAnywhere } from '../kcd/reading/findAnywhere.ts'
import { queriesFor } from '../kcd/reading/gatherConnectors.ts'
import { readDelegation } from '../kcd/reading/readDelegation.ts'
import { checkDelegation } from '../kcd/rules/checkDelegation.ts'
import { findObject } from '../runs/findObject.ts'
import type { WorkspaceConfiguration } from '../workspace/configuration.ts'
import { openDelegationSources } from './delegationSources.ts'
import { readKeptProxy } from './keptProxy.ts'
import { keepCheck, readLastCheck } from './lastDelegationCheck.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Gathers, then judges; a check of everything is kept as the last one. Writes nothing to any directory. */
export async function checkWorkspaceDelegation(session: WorkspaceSession, input: Input<'delegation.check'>, options: CallOptions): Promise<Result<DelegationReport, Problem>> {
  const guests = await idsOfGuests(session, input.guests)
  if (!guests.ok) return guests
  const sources = await openDelegationSources(session)
  if (!sources.ok) return sources
  const report = (phase: string, done: number, total: number | null): void => options.onProgress({ run: 0, step: null, connector: null, phase: `delegation: ${phase}`, done, total })
  const read = await readDelegation(sources.value, { applications: input.applications, guests: guests.value }, report, options.signal)
  if (!read.ok) return read
  const checked: DelegationReport = { ...checkDelegation(read.value.facts), guestsLeftOut: read.value.guestsLeftOut, proxy: await describeProxy(session.folder, sources.value.proxy) }
  // The map is of everything: a look at one application or guest does not take its place.
  if (input.applications === null && input.guests === null) await keepCheck(session.folder, checked)
  return succeed(checked)
}

export async function showDelegation({ folder, configuration }: WorkspaceSession, { detail }: Input<'delegation.show'>): Promise<Result<Outputs['delegation.show'], Problem>> {
  const check = await readLastCheck(folder)
  if (!check.ok) return check
  const shown = check.value === null || detail === 'everything' ? check.value : withoutAccountsOfGuests(check.value)
  return succeed({ check: shown, settings: settingsOf(configuration) })
}

/** What a window draws of all guests is a state and a name; of one guest it asks `delegation.guest`. */
function withoutAccountsOfGuests(report: DelegationReport): DelegationReport {
  const account = { kind: 'notRead', why: 'The map leaves it out.' } as const
  return { ...report, facts: { ...report.facts, guests: report.facts.guests.map((guest) => ({ ...guest, account, found: {} })) }, readiness: report.readiness.map((row) => ({ ...row, identities: [] })) }
}

export async function findConnectorAccounts(session: WorkspaceSession, { text }: Input<'delegation.connectors'>, { signal }: CallOptions): Promise<Result<Outputs['delegation.connectors'], Problem>> {
  const connections = await session.openDelegation()
  if (!connections.ok) return connections
  const queries = queriesFor(text)
  if (queries === null) return fail({ kind: 'usage', message: `"${text}" is not a distinguished name.`, remedy: 'Name an account by account name, DNS name, userPrincipalName or distinguished name.' })
  const { accounts, resources } = connections.value
  const found = await findAnywhere({ accounts: accounts.reader, resources: resources?.reader ?? null }, queries, signal)
  return found.kind === 'read' ? succeed(found.value) : fail({ kind: 'directoryRefused', message: `Accounts called "${text}" could not be looked for: ${found.why}`, remedy: 'Check the connection to the domain.' })
}

/** Whatever names a guest, as the Entra id that the store knows. */
async function idsOfGuests({ reader }: WorkspaceSession, names: readonly string[] | null): Promise<Result<readonly string[] | null, Problem>> {
  if (names === null) return succeed(null)
  const ids: string[] = []
  for (const name of names) {
    const found = await findObject(reader, name)
    if (!found.ok) return found
    if (found.value.guest === null) return fail({ kind: 'notFoundInWorkspace', message: `"${name}" is no guest of the last import.`, remedy: 'Name a guest by Entra id, userPrincipalName or mail address.' })
    ids.push(found.value.guest.object.anchor)
  }
  return succeed([...new Set(ids)])
}

async function describeProxy(folder: string, proxy: Reading<ApplicationProxy> | null): Promise<ProxyState> {
  if (proxy === null) return { kind: 'notWanted' }
  if (proxy.kind === 'notRead') return proxy
  const kept = await readKeptProxy(folder)
  if (!kept.ok || kept.value === null) return { kind: 'notRead', why: 'It was taken away while it was being read.' }
  const { readAt, account } = kept.value
  return { kind: 'read', readAt, account, connectors: proxy.value.connectors.length, applications: proxy.value.applications.length }
}

function settingsOf({ delegation, resourceDirectory }: WorkspaceConfiguration): DelegationSettings {
  return {
    connectors: (delegation?.connectors ?? []).map(({ account, group }) => ({ account, group: group ?? null })),
    applications: (delegation?.applications ?? []).map(({ name, spn, group, internalUrl, mapping }) => ({ name, spn, group: group ?? null, internalUrl: internalUrl ?? null, mapping: mapping ?? null })),
    fromEntra: delegation?.fromEntra === true,
    resourceServers: resourceDirectory?.servers ?? [],
  }
}
