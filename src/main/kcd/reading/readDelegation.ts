import type { ConnectorFacts, DelegationFacts, ApplicationFacts } from '../../../shared/domain/delegation.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { gatherApplications } from './gatherApplications.ts'
import { gatherConnectors } from './gatherConnectors.ts'
import { gatherDomains } from './gatherDomains.ts'
import { gatherGuests } from './gatherGuests.ts'
import { gatherNames } from './gatherNames.ts'
import { gatherServices } from './gatherServices.ts'
import { readingCancelled, type DelegationReading, type DelegationSelection, type DelegationSources, type ReportReading } from './delegationSources.ts'

/**
 * Everything that the checks look at, at one moment: from the directory, DNS and ports, Entra, and what the last imports left
 * in the store. What cannot be read says why in its place. Fails where a domain cannot be read at all, where the selection
 * names an application that nobody knows, and when it is cancelled.
 */
export async function readDelegation(sources: DelegationSources, selection: DelegationSelection, report: ReportReading, signal: AbortSignal): Promise<Result<DelegationReading, Problem>> {
  const readAt = sources.now()
  report('domains', 0, null)
  const domains = await gatherDomains(sources, signal)
  if (!domains.ok) return domains
  report('connectors', 0, null)
  const all = await gatherConnectors(sources, signal)
  report('applications', 0, null)
  const applications = await gatherApplications(sources, signal)
  const selected = selectApplications(applications, selection)
  if (!selected.ok) return selected
  const connectors = selection.applications === null ? all : all.filter((connector) => selected.value.some((application) => serves(connector, application)))
  report('services', 0, null)
  const services = await gatherServices(sources, askedSpns(connectors, selected.value), signal)
  const guests = await gatherGuests(sources, selection.guests, domains.value, report, signal)
  if (signal.aborted) return readingCancelled()
  const facts: Omit<DelegationFacts, 'names'> = { readAt, domains: domains.value, connectors, applications: selected.value, services, guests: guests.facts, proofs: sources.proofs }
  const names = await gatherNames(sources, facts, signal)
  if (signal.aborted) return readingCancelled()
  return succeed({ facts: { ...facts, names }, guestsLeftOut: guests.leftOut })
}

/** By name or id, case ignored. */
function selectApplications(all: readonly ApplicationFacts[], { applications }: DelegationSelection): Result<readonly ApplicationFacts[], Problem> {
  if (applications === null) return succeed(all)
  const wanted = applications.map((name) => ({ name, found: all.filter((application) => isCalled(application, name)) }))
  const unknown = wanted.find(({ found }) => found.length === 0)
  if (unknown !== undefined) {
    const known = all.length === 0 ? 'None is known: name them in workspace.json, or read them from Entra with "fromEntra".' : `Known are: ${all.map(({ name }) => name).join(', ')}.`
    return fail({ kind: 'notFoundInWorkspace', message: `There is no application "${unknown.name}".`, remedy: known })
  }
  return succeed(all.filter((application) => wanted.some(({ found }) => found.includes(application))))
}

function isCalled(application: ApplicationFacts, name: string): boolean {
  const wanted = name.toLowerCase()
  return application.name.toLowerCase() === wanted || application.id.toLowerCase() === wanted
}

/** Without a group a connector serves every application, and an application has every connector. */
function serves(connector: ConnectorFacts, application: ApplicationFacts): boolean {
  return connector.group === null || application.group === null || connector.group === application.group
}

/** The applications' own, and every entry of the connectors' lists: a stale one is a finding too. */
function askedSpns(connectors: readonly ConnectorFacts[], applications: readonly ApplicationFacts[]): readonly string[] {
  const listed = connectors.flatMap(({ accounts }) => (accounts.kind === 'read' ? accounts.value.flatMap(({ allowedToDelegateTo }) => allowedToDelegateTo) : []))
  return [...applications.map(({ spn }) => spn), ...listed]
}
