import type { Dn, Sid } from '../../shared/domain/ids.ts'
import type { DirectoryInspector } from '../connectors/readinessPorts.ts'

/** Several checks ask the same: the domain is asked once, and all of them see the same answer. */
export function rememberAnswers(inspector: DirectoryInspector): DirectoryInspector {
  return {
    inspectServers: remember((signal: AbortSignal) => inspector.inspectServers(signal)),
    signIn: remember((signal: AbortSignal) => inspector.signIn(signal)),
    readVendor: remember((signal: AbortSignal) => inspector.readVendor(signal)),
    readOwnAccount: remember((signal: AbortSignal) => inspector.readOwnAccount(signal)),
    readSecurity: remember((dn: Dn, signal: AbortSignal) => inspector.readSecurity(dn, signal)),
    readAttributeTypes: remember((names: readonly string[], signal: AbortSignal) => inspector.readAttributeTypes(names, signal)),
    listObjects: remember((ou: Dn, signal: AbortSignal) => inspector.listObjects(ou, signal)),
    readPasswordPolicy: remember((signal: AbortSignal) => inspector.readPasswordPolicy(signal)),
    readFinerPolicies: remember((ou: Dn, signal: AbortSignal) => inspector.readFinerPolicies(ou, signal)),
    readForestNames: remember((signal: AbortSignal) => inspector.readForestNames(signal)),
    findGroups: remember((sids: readonly Sid[], signal: AbortSignal) => inspector.findGroups(sids, signal)),
    readChangeTracking: remember((signal: AbortSignal) => inspector.readChangeTracking(signal)),
    close: () => inspector.close(),
  }
}

/** The last argument is the signal; the others tell questions apart. */
function remember<Arguments extends readonly [...questions: unknown[], signal: AbortSignal], Answer>(ask: (...given: Arguments) => Promise<Answer>): (...given: Arguments) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return (...given) => {
    const key = JSON.stringify(given.slice(0, -1))
    const known = answers.get(key) ?? ask(...given)
    answers.set(key, known)
    return known
  }
}
