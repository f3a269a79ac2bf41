import type { ApplicationFacts, ConnectorFacts, GuestFacts, ProofOutcome } from '../../../shared/domain/delegation.ts'

/** Of each application, guest and connector the last proof, in a stable order. */
export function latestProofs(proofs: readonly ProofOutcome[]): readonly ProofOutcome[] {
  const latest = new Map<string, ProofOutcome>()
  for (const proof of proofs) {
    const key = JSON.stringify([proof.application, proof.guest.toLowerCase(), proof.connector])
    const known = latest.get(key)
    // ISO 8601 in UTC: the later text is the later moment.
    if (known === undefined || proof.at > known.at) latest.set(key, proof)
  }
  return [...latest.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, proof]) => proof)
}

/** Proofs name applications by id; people name them by name. */
export function isOfApplication(proof: ProofOutcome, application: ApplicationFacts): boolean {
  return proof.application === application.id || proof.application === application.name
}

/** Proofs name guests by their Entra id; people name them by UPN. */
export function isOfGuest(proof: ProofOutcome, guest: GuestFacts): boolean {
  return proof.guest === guest.entraId || proof.guest.toLowerCase() === guest.userPrincipalName.toLowerCase()
}

/** Proofs name connectors as the facts do, or by the principal that signed in: `PROXY01` of `PROXY01$@CONTOSO.TEST`. */
export function isOfConnector(proof: ProofOutcome, connector: ConnectorFacts): boolean {
  if (proof.connector === null) return false
  const name = foldName(proof.connector)
  const accounts = connector.accounts.kind === 'read' ? connector.accounts.value : []
  return [connector.name, ...accounts.map((account) => account.accountName)].some((known) => foldName(known) === name)
}

function foldName(name: string): string {
  return name.replace(/\$$/, '').toLowerCase()
}
