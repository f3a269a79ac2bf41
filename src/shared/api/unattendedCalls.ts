import { z } from 'zod'
import { changeKinds } from '../domain/change.ts'
import type { Run } from '../domain/run.ts'
import type { StandingApproval } from '../domain/standingApproval.ts'
import type { Problem } from '../domain/problem.ts'

const note = z.string().trim().min(1).max(1000)

/** Minutes between two cycles: what the schedulers of all three systems can say. */
export const scheduleIntervals = [5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440] as const

/** Cycles that nobody watches: who allowed them, when they run, and how they are. */
export const unattendedInputs = {
  /** Delta where possible, full when due; exports only what a standing approval covers. Somebody is told where the plan waits. */
  'unattended.run': z.strictObject({}),
  'standing.show': z.strictObject({}),
  'standing.give': z.strictObject({
    limits: z.partialRecord(z.enum(changeKinds), z.int().min(0).max(100_000)).refine((limits) => Object.values(limits).some((limit) => (limit ?? 0) > 0), 'at least one kind of change must be allowed'),
    /** ISO 8601; at most a year ahead. */
    until: z.iso.datetime(),
    note,
  }),
  'standing.withdraw': z.strictObject({ note }),
  'schedule.show': z.strictObject({}),
  'schedule.install': z.strictObject({ everyMinutes: z.literal(scheduleIntervals), account: z.string().min(1).max(200).nullable() }),
  'schedule.remove': z.strictObject({}),
  'status.show': z.strictObject({}),
} as const

export type UnattendedOutputs = {
  'unattended.run': UnattendedOutcome
  'standing.show': StandingShown
  'standing.give': StandingApproval
  'standing.withdraw': { readonly withdrawn: StandingApproval }
  'schedule.show': ScheduleShown
  'schedule.install': ScheduleShown
  'schedule.remove': ScheduleShown
  'status.show': WorkspaceStatus
}

/** `uncovered`: why it would not let the present plan through; empty where it would, or nothing is planned. */
export type StandingShown = { readonly approval: StandingApproval | null; readonly uncovered: readonly string[] }

export type UnattendedOutcome = {
  readonly cycle: 'cycle' | 'delta cycle'
  readonly runs: readonly Run[]
  readonly planHash: string | null
  readonly planned: number
  readonly end:
    | { readonly kind: 'nothingToDo' }
    | { readonly kind: 'exported'; readonly run: Run; readonly approvedBy: string }
    | { readonly kind: 'waits'; readonly reasons: readonly string[] }
    | { readonly kind: 'failed'; readonly problem: Problem }
  /** Ways by which nobody could be told. */
  readonly notSent: readonly { readonly way: string; readonly why: string }[]
}

export type ScheduleShown = {
  readonly isInstalled: boolean
  readonly system: 'systemd' | 'taskScheduler' | 'launchd'
  readonly files: readonly { readonly path: string; readonly text: string }[]
  readonly next: string | null
  readonly refused: readonly { readonly step: string; readonly why: string }[]
  readonly besides: readonly string[]
}

/** For monitors: `reasons` says why it is not healthy. Times are ISO 8601 in UTC. */
export type WorkspaceStatus = {
  readonly isHealthy: boolean
  readonly reasons: readonly string[]
  readonly workspace: { readonly id: string; readonly name: string; readonly folder: string }
  readonly lastRun: Run | null
  /** When a cycle last came to its plan. */
  readonly lastPlanAt: string | null
  readonly lastExportAt: string | null
  readonly planned: number
  readonly planHash: string | null
  readonly blocked: number
  readonly openJournalEntries: number
  readonly standingApproval: { readonly givenBy: string; readonly until: string } | null
  /** Who writes in the workspace just now. */
  readonly writer: { readonly what: string; readonly pid: number; readonly since: string } | null
}
