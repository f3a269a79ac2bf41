import type { ApplicationFacts } from '../../../shared/domain/delegation.ts'
import { describeSpnProblem, parseSpn, spnKey } from '../../../shared/domain/spn.ts'
import type { DelegationSources } from './delegationSources.ts'

/** Those of Entra first; one of workspace.json with the same SPN is the same application. */
export async function gatherApplications(sources: DelegationSources, signal: AbortSignal): Promise<readonly ApplicationFacts[]> {
  const ofEntra = listOfEntra(sources)
  const known = new Set(ofEntra.map(({ spn }) => spnKey(spn)))
  const all = [...ofEntra, ...listConfigured(sources).filter(({ spn }) => !known.has(spnKey(spn)))]
  return Promise.all(all.map(async (application) => ({ ...application, host: await lookUpHost(sources, application.spn, signal) })))
}

type WithoutHost = Omit<ApplicationFacts, 'host'>

function listOfEntra({ proxy }: DelegationSources): readonly WithoutHost[] {
  if (proxy?.kind !== 'read') return []
  return proxy.value.applications.map(({ id, name, group, internalUrl, singleSignOnMode, preAuthentication, spn, mapping, assignedTo }) => ({
    id, name, source: 'entra', spn: spn ?? '', group, internalUrl, mapping, singleSignOnMode, preAuthentication, assignedTo: { kind: 'read', value: assignedTo },
  }))
}

function listConfigured({ configuration }: DelegationSources): readonly WithoutHost[] {
  return (configuration?.applications ?? []).map(({ name, spn, group, internalUrl, mapping }) => ({
    id: name, name, source: 'configuration', spn, group: group ?? null, internalUrl: internalUrl ?? null,
    // What a proxy does where nothing is set (Microsoft Learn, "Configure single sign-on with Kerberos constrained delegation").
    mapping: mapping ?? 'userPrincipalName', singleSignOnMode: null, preAuthentication: null, assignedTo: { kind: 'read', value: null },
  }))
}

function lookUpHost({ probes }: DelegationSources, spn: string, signal: AbortSignal): Promise<ApplicationFacts['host']> {
  const parsed = parseSpn(spn)
  if (!parsed.ok) return Promise.resolve({ kind: 'notRead', why: `the service principal name ${spn} ${describeSpnProblem(parsed.problem)}` })
  return probes.resolveHost(parsed.value.host, signal)
}
