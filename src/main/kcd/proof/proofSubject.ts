import type { ApplicationFacts, ConnectorFacts, GuestFacts, PrincipalFacts } from '../../../shared/domain/delegation.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { DelegationSources } from '../reading/delegationSources.ts'
import { gatherApplications } from '../reading/gatherApplications.ts'
import { gatherConnectors } from '../reading/gatherConnectors.ts'
import { gatherGuests } from '../reading/gatherGuests.ts'
import { loginIdentityOf } from '../rules/loginIdentity.ts'

/** What is to be proved: an application, a guest, and the identity that the application's mapping delegates. */
export type ProofSubject = { readonly application: ApplicationFacts; readonly guest: GuestFacts; readonly identity: string; readonly account: PrincipalFacts | null }

/** `application` by name or id, `guest` by Entra id. Fails where either is unknown or the mapping has nothing for the guest. */
export async function findProofSubject(sources: DelegationSources, application: string, guest: string, signal: AbortSignal): Promise<Result<ProofSubject, Problem>> {
  const chosen = chooseApplication(await gatherApplications(sources, signal), application)
  if (!chosen.ok) return chosen
  const [facts] = (await gatherGuests(sources, [guest], [], () => undefined, signal)).facts
  if (facts === undefined) return fail({ kind: 'notFoundInWorkspace', message: `"${guest}" is no guest of the last import.`, remedy: 'Import the guests again, or name another one.' })
  const { identity } = loginIdentityOf(facts, chosen.value.mapping ?? 'userPrincipalName')
  if (identity === null) {
    return fail({ kind: 'valueMissing', message: `The mapping ${chosen.value.mapping ?? ''} of ${chosen.value.name} has nothing to delegate for ${facts.userPrincipalName}.`, remedy: 'Set the delegated login identity of the application to userPrincipalName (check 29).' })
  }
  return succeed({ application: chosen.value, guest: facts, identity, account: facts.account.kind === 'read' ? facts.account.value : null })
}

/** Connectors that serve the application; with a name only that one. Never empty. */
export async function findServingConnectors(sources: DelegationSources, application: ApplicationFacts, name: string | null, signal: AbortSignal): Promise<Result<readonly ConnectorFacts[], Problem>> {
  const all = await gatherConnectors(sources, signal)
  const serving = all.filter(({ group }) => group === null || application.group === null || group.toLowerCase() === application.group.toLowerCase())
  const named = name === null ? serving : serving.filter((connector) => isCalled(connector, name))
  if (named.length > 0) return succeed(named)
  const known = serving.length === 0 ? 'Name connectors of its group in workspace.json.' : `Those that do: ${serving.map((connector) => connector.name).join(', ')}.`
  return fail({ kind: 'notFoundInWorkspace', message: `${name === null ? 'No connector' : `No connector called "${name}"`} serves ${application.name}.`, remedy: known })
}

function chooseApplication(all: readonly ApplicationFacts[], wanted: string): Result<ApplicationFacts, Problem> {
  const name = wanted.toLowerCase()
  const found = all.filter((application) => application.id.toLowerCase() === name || application.name.toLowerCase() === name)
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return succeed(only)
  if (only !== undefined) return fail({ kind: 'notFoundInWorkspace', message: `"${wanted}" names ${found.length} applications.`, remedy: `Name one of them by its id: ${found.map(({ id }) => id).join(', ')}.` })
  const known = all.length === 0 ? 'None is known: name them in workspace.json, or read them from Entra with "fromEntra".' : `Known are: ${all.map((application) => application.name).join(', ')}.`
  return fail({ kind: 'notFoundInWorkspace', message: `There is no application "${wanted}".`, remedy: known })
}

/** A computer also by its account name with `$`, its DNS name, or its DN. */
function isCalled({ name, accounts }: ConnectorFacts, wanted: string): boolean {
  const account = accounts.kind === 'read' && accounts.value.length === 1 ? accounts.value[0] : undefined
  return [name, account?.accountName, account?.dnsHostName, account?.dn].some((known) => known?.toLowerCase() === wanted.toLowerCase())
}
