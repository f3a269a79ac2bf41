import type { ConnectorFacts } from '../../../shared/domain/delegation.ts'
import { notProven, type ProofResult } from './proofSteps.ts'
import type { Realm } from './kerberosConfiguration.ts'
import type { ConnectorCredential, ProofRequest, SiteRequest } from './proofRequest.ts'
import type { ProofSubject } from './proofSubject.ts'

export type Prepared = { readonly kind: 'ready'; readonly request: ProofRequest } | { readonly kind: 'impossible'; readonly result: ProofResult; readonly connector: string | null }

export type ProofSettings = {
  /** Null: neither keytab nor password is at hand. */
  readonly credential: ConnectorCredential | null
  /** The first one is taken where it is not known in which domain the connector is. */
  readonly realms: readonly Realm[]
  readonly site: SiteRequest | null
}

/** What the KDC will be asked, or why nobody can ask it from here. `connectors` are those that serve the application. */
export function prepareRequest(subject: ProofSubject, connectors: readonly ConnectorFacts[], { credential, realms, site }: ProofSettings): Prepared {
  const [first] = connectors
  const only = connectors.length === 1 && first !== undefined ? first.name : null
  if (credential === null) return impossible(only, 'Neither a keytab nor the password of the connector is at hand.', handHint)
  const chosen = chooseConnector(connectors, credential)
  if (chosen.kind === 'impossible') return chosen
  const { application, guest, identity, account } = subject
  return {
    kind: 'ready',
    request: {
      application: { id: application.id, spn: application.spn }, guest: { entraId: guest.entraId, identity, accountName: account?.accountName ?? null },
      connector: { name: chosen.name, accountName: chosen.accountName }, realms: orderRealms(realms, chosen.domain), credential, site,
    },
  }
}

const handHint = 'Give its keytab (--keytab), or keep the password of a proxy\'s service account: guestbridge secrets set proxy. On a Windows connector run the script of "guestbridge kcd prove --script" instead.'

type Chosen = { readonly kind: 'chosen'; readonly name: string | null; readonly accountName: string | null; readonly domain: string | null }

function chooseConnector(connectors: readonly ConnectorFacts[], credential: ConnectorCredential): Chosen | Extract<Prepared, { kind: 'impossible' }> {
  const [first] = connectors
  // A keytab names its account itself; a password could be anybody's.
  if (connectors.length !== 1 || first === undefined) {
    const domains = new Set(connectors.flatMap((connector) => domainOf(connector) ?? []))
    if (credential.kind === 'keytab') return { kind: 'chosen', name: null, accountName: null, domain: domains.size === 1 ? [...domains][0] ?? null : null }
    return impossible(null, `${connectors.length} connectors serve the application, and the password could be that of each.`, `Name the connector: ${connectors.map(({ name }) => name).join(', ')}.`)
  }
  const { name, accounts } = first
  if (accounts.kind === 'notRead') {
    return credential.kind === 'keytab' ? { kind: 'chosen', name, accountName: null, domain: null } : impossible(name, `Which account ${name} is was not read: ${accounts.why}`, 'Let the directory be read, or give a keytab.')
  }
  const [account, ...others] = accounts.value
  if (account === undefined) return impossible(name, `No account is called ${name} (check 1).`, 'Correct the name in workspace.json, or join the connector to the domain.')
  if (others.length > 0) return impossible(name, `${accounts.value.length} accounts are called ${name} (check 1): ${accounts.value.map(({ dn }) => dn).join('; ')}.`, 'Name one of them by its DN in workspace.json.')
  return { kind: 'chosen', name, accountName: account.accountName, domain: account.domain }
}

function domainOf({ accounts }: ConnectorFacts): string | null {
  return accounts.kind === 'read' ? accounts.value[0]?.domain ?? null : null
}

/** The connector's own first; one that no server is configured for is asked by DNS. */
function orderRealms(realms: readonly Realm[], domain: string | null): readonly Realm[] {
  if (domain === null) return realms
  const isOwn = (realm: Realm): boolean => realm.domain.toLowerCase() === domain.toLowerCase()
  return [realms.find(isOwn) ?? { domain, controllers: [] }, ...realms.filter((realm) => !isOwn(realm))]
}

function impossible(connector: string | null, why: string, remedy: string): Extract<Prepared, { kind: 'impossible' }> {
  return { kind: 'impossible', connector, result: notProven(why, remedy) }
}
