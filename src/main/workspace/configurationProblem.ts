/** What is wrong at one place of `workspace.json`. */
export type ConfigurationProblem = {
  /** JSON pointer (RFC 6901): `/entra/cloud`; empty for the file as a whole. */
  readonly path: string
  /** Both from 1. */
  readonly line: number
  readonly column: number
  /** The value as written, shortened; empty where there is none. */
  readonly value: string
  readonly message: string
  /** What would be right; empty where the message says it already. */
  readonly allowed: string
}

/** A problem before it is known where in the text it is. */
export type ConfigurationFinding = {
  readonly path: readonly (string | number)[]
  /** The key itself is at fault, not its value. */
  readonly isAboutKey?: true
  readonly message: string
  readonly allowed: string
}

export type ConfigurationPath = ConfigurationFinding['path']
