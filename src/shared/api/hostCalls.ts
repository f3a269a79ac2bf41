import { z } from 'zod'

/** What the host of a window answers itself: no workspace can open another one. */
export const hostInputs = {
  /** Absolute path of a workspace that is there. Refused while a job runs; other windows are told that their service is gone. */
  'workspace.open': z.strictObject({ folder: z.string().trim().min(1).max(4096) }),
} as const

export type WorkspaceOpened = { readonly folder: string }
