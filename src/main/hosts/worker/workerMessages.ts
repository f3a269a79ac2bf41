import type { MessagePort } from 'node:worker_threads'
import type { Problem } from '../../../shared/domain/problem.ts'

export type WorkerStart = {
  /** `runs` does jobs, `queries` answers everything else. */
  readonly role: 'runs' | 'queries'
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** URL of the lab worker's entry. */
  readonly labWorker: string
  /** Where the host answers what only it can do; null: there is nothing that it alone can. */
  readonly host: MessagePort | null
}

export type WorkerRequest = { readonly kind: 'connect'; readonly port: MessagePort } | { readonly kind: 'close' }

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'error'; readonly name: string; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' }
