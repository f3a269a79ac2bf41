type Environment = Readonly<Record<string, string | undefined>>

/**
 * What programs that we start get of our environment: all of it but secrets (invariant 9), which every program of the same
 * user could read there, and which they may write into their own logs.
 */
export function environmentWithoutSecrets(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^GUESTBRIDGE_\w*(SECRET|PASSWORD)$/i.test(name)))
}
