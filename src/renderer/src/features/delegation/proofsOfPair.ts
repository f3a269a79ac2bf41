import type { ProofOutcome } from '../../../../shared/domain/delegation.ts'

/** Proofs of one connector with one application (its id), the newest first, each once. */
export function proofsOfPair(proofs: readonly ProofOutcome[], connector: string, application: string): readonly ProofOutcome[] {
  const own = proofs.filter((proof) => proof.application === application && isOfConnector(proof.connector, connector))
  return own.filter((proof, at) => own.findIndex((other) => other.at === proof.at && other.guest === proof.guest) === at).toSorted((left, right) => (left.at < right.at ? 1 : -1))
}

/** Proofs name a connector by its principal, too: `PROXY01` of `PROXY01$@CONTOSO.TEST`. One without name was asked for whoever serves the application. */
function isOfConnector(name: string | null, connector: string): boolean {
  return name === null || name.replace(/\$?(@.*)?$/, '').toLowerCase() === connector.replace(/\$$/, '').toLowerCase()
}
