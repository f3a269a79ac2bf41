import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { ClauseResult, DisconnectorReason, ScopeResult } from '../../shared/domain/decision.ts'
import { readConnectorAttribute } from './connectorAttribute.ts'

/**
 * Why a filtered object is left alone. A guest that would be in scope but for the marks of Entra Connect or Cloud Sync is
 * told apart from one that the filter never meant (sync-semantics 5).
 */
export function filterReason(object: ConnectorObject, scope: ScopeResult): DisconnectorReason {
  if (!isGuest(object)) return { kind: 'outOfScope', scope }
  const isMastered = firstValueIsTrue(object, syncEnabled)
  const isProvisioned = readConnectorAttribute(object, securityIdentifier).length > 0
  const failedGroups = scope.groups.map((clauses) => clauses.filter((clause) => !clause.holds))
  if (isMastered && failedGroups.some((failed) => failedOnlyOn(failed, [syncEnabled, securityIdentifier], syncEnabled))) return { kind: 'masteredInActiveDirectory' }
  if (isProvisioned && failedGroups.some((failed) => failedOnlyOn(failed, [securityIdentifier], securityIdentifier))) return { kind: 'provisionedByCloudSync' }
  return { kind: 'outOfScope', scope }
}

const syncEnabled = 'onPremisesSyncEnabled'
const securityIdentifier = 'onPremisesSecurityIdentifier'

function isGuest(object: ConnectorObject): boolean {
  return String(readConnectorAttribute(object, 'userType')[0] ?? '').toLowerCase() === 'guest'
}

function firstValueIsTrue(object: ConnectorObject, name: string): boolean {
  return String(readConnectorAttribute(object, name)[0] ?? '').toLowerCase() === 'true'
}

/** A guest that Connect masters has a security identifier too: being mastered says more, so both may have failed. */
function failedOnlyOn(failed: readonly ClauseResult[], allowed: readonly string[], needed: string): boolean {
  return failed.every((clause) => allowed.includes(clause.attribute)) && failed.some((clause) => clause.attribute === needed)
}
