import type { ReadinessFinding } from '../../shared/domain/readiness.ts'

/** A check of readiness as a table row: who it is, and how it is made. */
export type ReadinessCheck<World> = {
  readonly id: ReadinessFinding['id']
  readonly area: ReadinessFinding['area']
  readonly title: string
  /** Never fails: what cannot be read is `notChecked`, with the reason. */
  readonly check: (world: World, signal: AbortSignal) => Promise<CheckAnswer>
}

export type CheckAnswer = Pick<ReadinessFinding, 'state' | 'message' | 'read' | 'remedy'> & Partial<Pick<ReadinessFinding, 'scripts' | 'canApply'>>
