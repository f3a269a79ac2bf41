/** Read of every user, whatever the rules select (sync-semantics 4). */
export const alwaysReadAttributes = [
  'id', 'userPrincipalName', 'accountEnabled', 'userType', 'externalUserState', 'externalUserStateChangeDateTime', 'onPremisesSyncEnabled',
  'onPremisesSecurityIdentifier',
] as const

/** The always-read attributes and the asked ones, each once whatever its case. */
export function selectAttributes(asked: readonly string[]): readonly string[] {
  const byLowerName = new Map<string, string>(alwaysReadAttributes.map((name) => [name.toLowerCase(), name]))
  for (const name of asked) if (!byLowerName.has(name.toLowerCase())) byLowerName.set(name.toLowerCase(), name)
  return [...byLowerName.values()]
}
