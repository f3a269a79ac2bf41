import type { LabEndpoints } from './labEndpoints.ts'

/** From the worker thread to openLab. */
export type LabWorkerMessage =
  | { readonly kind: 'started'; readonly endpoints: LabEndpoints }
  /** Another process runs the lab of this folder. */
  | { readonly kind: 'occupied' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly message: string }

/** From openLab to the worker thread. */
export type LabRequestMessage = { readonly kind: 'close' }
