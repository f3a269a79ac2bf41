import type { Dn } from './ids.ts'
import type { Problem } from './problem.ts'

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

/** `notKept`: why the findings could not be stored, as on a disk that is read-only; they count all the same. Null: they are kept. */
export type CheckedReadiness = ReadinessReport & { readonly notKept: Problem | null }

/** What applying a remedy would write, in full: nothing else is. `hash` (SHA-256, hex) is what an approval names. */
export type RemedyPlan = {
  /** Of the check. */
  readonly id: string
  readonly domain: Dn
  /** None: nothing is left to do. */
  readonly writes: readonly RemedyWrite[]
  readonly hash: string
}

export type RemedyWrite =
  | { readonly kind: 'organizationalUnit'; readonly dn: string }
  /** Administrators become its owner, who may change its access list: without that not even they may. */
  | { readonly kind: 'ownership'; readonly dn: string; readonly owner: string }
  /** `entries` are added to the object's access list, in SDDL and in words. */
  | { readonly kind: 'rights'; readonly dn: string; readonly trustee: string; readonly entries: readonly { readonly sddl: string; readonly words: string }[] }

/** `finding`: the check made again after the writes; `notKept` as of every check. */
export type RemedyOutcome = { readonly plan: RemedyPlan; readonly finding: ReadinessFinding; readonly notKept: Problem | null }
