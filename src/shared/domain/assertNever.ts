/** Closes a switch over a union: a member that was forgotten is an error of the compiler. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled member of a union: ${JSON.stringify(value)}`)
}
