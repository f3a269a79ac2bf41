export const readinessAreas = ['workspace', 'tenant', 'domain', 'resourceDomain'] as const
export type ReadinessArea = (typeof readinessAreas)[number]
export type ReadinessState = 'passed' | 'warning' | 'failed' | 'notChecked'

/** One check of the readiness screen and of `guestbridge doctor`. */
export type ReadinessFinding = {
  /** In kebab case and stable: `directory-bind`. */
  readonly id: string
  readonly area: ReadinessArea
  readonly title: string
  readonly state: ReadinessState
  /** What was found, as a sentence with the names in it; of `notChecked`, why not. */
  readonly message: string
  /** What was looked at. */
  readonly read: readonly string[]
  /** What to do; null where nothing is wrong. */
  readonly remedy: string | null
  readonly scripts: readonly ReadinessScript[]
  /** Guestbridge can carry the remedy out itself, with an administrator's account given for this once. */
  readonly canApply: boolean
}

/** Text to copy. Scripts are written to be read first: they say what they do and change nothing else. */
export type ReadinessScript = { readonly title: string; readonly language: 'powershell' | 'shell' | 'json' | 'text' | 'link'; readonly text: string }

export type ReadinessReport = {
  /** ISO 8601 in UTC. */
  readonly checkedAt: string
  readonly findings: readonly ReadinessFinding[]
}
