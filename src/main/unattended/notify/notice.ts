/** What somebody is told about a run that nobody watched. No personal data: counts, hashes, and where to look. */
export type Notice = {
  readonly kind: 'planWaits' | 'runFailed' | 'exportedWithProblems' | 'exported' | 'secretExpires'
  /** ISO 8601 in UTC. */
  readonly at: string
  readonly workspace: { readonly id: string; readonly name: string; readonly folder: string }
  /** One line. */
  readonly title: string
  /** Whole sentences, each on a line. */
  readonly text: string
  readonly planHash: string | null
}

/** Of a way that failed: which, and why. What could not be told stands in the log and in the exit code all the same. */
export type NotSent = { readonly way: 'webhook' | 'mail' | 'systemLog'; readonly why: string }
