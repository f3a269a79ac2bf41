import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { DelegationFacts, DelegationIntent, PrincipalFacts } from '../../../shared/domain/delegation.ts'
import { parseObjectGuid, parseSid, type Sid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { PrincipalQuery } from '../../connectors/delegationPorts.ts'
import type { DelegationSources } from '../reading/delegationSources.ts'
import { findAnywhere } from '../reading/findAnywhere.ts'
import { queriesFor } from '../reading/gatherConnectors.ts'
import { gatherServices } from '../reading/gatherServices.ts'
import { accountOf } from '../rules/connectorAccount.ts'
import { knownAccounts } from '../rules/planning/knownAccounts.ts'

/**
 * As DelegationIntent, with accounts as people name them: connector, objectGUID, account name, DNS name, DN or
 * userPrincipalName; a connector that is trusted by its SID too; applications by name or id.
 */
export type DelegationWish =
  | { readonly kind: 'allowService' | 'disallowService' | 'registerService' | 'unregisterService'; readonly account: string; readonly spn: string }
  | { readonly kind: 'useAnyProtocol' | 'useKerberosOnly' | 'endUnconstrained' | 'allowAes'; readonly account: string }
  | { readonly kind: 'trustConnectors' | 'endTrust'; readonly service: string; readonly connectors: readonly string[] }
  | { readonly kind: 'makeApplicationWork'; readonly application: string; readonly way: 'classic' | 'resourceBased' }

export type ResolvedIntents = {
  readonly intents: readonly DelegationIntent[]
  /** With the owners of all SPNs that the wishes name. */
  readonly facts: DelegationFacts
  /** Accounts that the wishes name and the facts did not have. */
  readonly further: readonly PrincipalFacts[]
}

type Resolving = { readonly sources: DelegationSources; readonly facts: DelegationFacts; readonly further: PrincipalFacts[]; readonly signal: AbortSignal }

/** What the wishes mean in this directory. Fails where a name means nothing or several things. */
export async function resolveIntents(sources: DelegationSources, facts: DelegationFacts, wishes: readonly DelegationWish[], signal: AbortSignal): Promise<Result<ResolvedIntents, Problem>> {
  const resolving: Resolving = { sources, facts, further: [], signal }
  const intents: DelegationIntent[] = []
  for (const wish of wishes) {
    const intent = await resolveWish(resolving, wish)
    if (!intent.ok) return intent
    intents.push(intent.value)
  }
  const spns = intents.flatMap((intent) => ('spn' in intent ? [intent.spn] : []))
  const services = { ...facts.services, ...(await gatherServices(sources, spns, signal)) }
  return succeed({ intents, facts: { ...facts, services }, further: resolving.further })
}

async function resolveWish(resolving: Resolving, wish: DelegationWish): Promise<Result<DelegationIntent, Problem>> {
  switch (wish.kind) {
    case 'makeApplicationWork': return succeed({ ...wish, application: findApplication(resolving.facts, wish.application) })
    case 'trustConnectors': case 'endTrust': {
      const service = await findAccount(resolving, wish.service)
      if (!service.ok) return service
      const connectors = await findTrustees(resolving, wish.connectors)
      return connectors.ok ? succeed({ kind: wish.kind, service: service.value.anchor, connectors: connectors.value }) : connectors
    }
    case 'allowService': case 'disallowService': case 'registerService': case 'unregisterService': {
      const account = await findAccount(resolving, wish.account)
      return account.ok ? succeed({ kind: wish.kind, account: account.value.anchor, spn: wish.spn.trim() }) : account
    }
    case 'useAnyProtocol': case 'useKerberosOnly': case 'endUnconstrained': case 'allowAes': {
      const account = await findAccount(resolving, wish.account)
      return account.ok ? succeed({ kind: wish.kind, account: account.value.anchor }) : account
    }
    default: return assertNever(wish)
  }
}

/** What nobody knows stays as it was said: the plan refuses it by that name. */
function findApplication({ applications }: DelegationFacts, text: string): string {
  const wanted = text.toLowerCase()
  return applications.find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted)?.id ?? text
}

async function findTrustees(resolving: Resolving, texts: readonly string[]): Promise<Result<readonly Sid[], Problem>> {
  const sids: Sid[] = []
  for (const text of texts) {
    const sid = parseSid(text)
    // Trust in an account that is gone is ended by its SID: nothing else of it is left.
    if (sid.ok) {
      sids.push(sid.value)
      continue
    }
    const account = await findAccount(resolving, text)
    if (!account.ok) return account
    sids.push(account.value.sid)
  }
  return succeed([...new Set(sids)])
}

async function findAccount({ sources, facts, further, signal }: Resolving, text: string): Promise<Result<PrincipalFacts, Problem>> {
  const connector = facts.connectors.find(({ name }) => name.toLowerCase() === text.toLowerCase())
  const ofConnector = connector === undefined ? null : accountOf(connector)
  if (ofConnector?.kind === 'read') return succeed(ofConnector.value)
  const anchor = parseObjectGuid(text)
  const known = anchor.ok ? knownAccounts(facts, further).get(anchor.value) : undefined
  if (known !== undefined) return succeed(known)
  const queries: readonly PrincipalQuery[] | null = anchor.ok ? [{ by: 'anchor', anchor: anchor.value }] : queriesFor(text)
  if (queries === null) return fail({ kind: 'usage', message: `"${text}" is not a distinguished name.`, remedy: namesOfAccounts })
  const found = await findAnywhere(sources, queries, signal)
  if (found.kind === 'notRead') return fail({ kind: 'directoryRefused', message: `The account "${text}" could not be looked for: ${found.why}`, remedy: 'Check the connection to the domain.' })
  const [account, ...others] = found.value
  if (account === undefined) return fail({ kind: 'objectNotFound', message: `There is no account "${text}" in the domain.`, remedy: namesOfAccounts })
  if (others.length > 0) return fail({ kind: 'usage', message: `"${text}" names several accounts: ${found.value.map(({ dn }) => dn).join('; ')}.`, remedy: 'Name the one that is meant by its DN.' })
  if (!knownAccounts(facts, further).has(account.anchor)) further.push(account)
  return succeed(account)
}

const namesOfAccounts = 'Name it by connector, account name, DNS name, userPrincipalName, distinguished name or objectGUID.'
