import { z } from 'zod'
import type { CheckedReadiness, ReadinessReport, RemedyOutcome, RemedyPlan } from '../domain/readiness.ts'

const checkId = z.string().min(1).max(100)

export const readinessInputs = {
  /** `only`: ids of checks, null for all; `trial`: `write` tries the rights on an account that is made and deleted again. */
  'readiness.check': z.strictObject({ only: z.array(checkId).min(1).max(100).nullable(), trial: z.enum(['leaveOut', 'write']).default('leaveOut') }),
  /** The findings of the last checks, each as it was last made; null before the first. */
  'readiness.show': z.strictObject({}),
  /** Exactly what applying the remedy would write; nothing is written. */
  'readiness.plan': z.strictObject({ id: checkId }),
  /** Writes what `readiness.plan` showed, as an administrator whose password is used once and kept nowhere. */
  'readiness.apply': z.strictObject({
    id: checkId,
    account: z.string().min(1).max(1000),
    password: z.string().min(1).max(1000),
    approve: z.string().regex(/^[0-9a-f]{64}$/i, 'the approval is the whole hash of what is to be written'),
  }),
} as const

export type ReadinessOutputs = {
  'readiness.check': CheckedReadiness
  'readiness.show': ReadinessReport | null
  'readiness.plan': RemedyPlan
  'readiness.apply': RemedyOutcome
}
