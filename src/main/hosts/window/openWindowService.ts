import { inputs } from '../../../shared/api/contract.ts'
import { jobInputs } from '../../../shared/api/jobs.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { Channel } from '../../../shared/rpc/frames.ts'
import { serve, type Handler } from '../../../shared/rpc/serve.ts'
import { openWorkers, type ServiceWorkers, type WorkerOptions } from '../worker/openWorkers.ts'

/** A channel that the host can end: the window then says that the service is gone and offers to connect again. */
export type WindowChannel = Channel & { close(): void }

export type WindowService = {
  /** Answers a page load until its channel ends. Where the workers have died since, it starts them again. */
  readonly serve: (channel: WindowChannel) => void
  /** Begins a job that no window asked for; the windows join it. */
  readonly begin: (call: string, input: unknown) => Promise<void>
  close(): Promise<void>
}

type Opened = Result<ServiceWorkers, readonly Problem[]>

const names: ReadonlySet<string> = new Set([...Object.keys(inputs), ...Object.keys(jobInputs)])

/** The two workers of a workspace behind any number of page loads. Problems: what the configuration says against it. */
export async function openWindowService(options: WorkerOptions): Promise<Result<WindowService, readonly Problem[]>> {
  const windows = new Set<WindowChannel>()
  let workers: Promise<Opened> | null = null

  const start = (): Promise<Opened> => {
    const starting = openWorkers(options)
    const forget = (): void => { if (workers === starting) workers = null }
    void starting.then((opened) => {
      if (!opened.ok) return forget()
      return opened.value.died.then((error) => {
        forget()
        options.onError(`The service has ended: ${error.message}. It starts again when a window connects.`)
        for (const window of windows) window.close()
      })
    }, forget)
    workers = starting
    return starting
  }
  const current = (): Promise<Opened> => workers ?? start()

  const first = await start()
  if (!first.ok) return first
  return succeed({
    serve: (channel) => {
      windows.add(channel)
      const session = openSession(current())
      channel.onClose(() => {
        windows.delete(channel)
        session.close()
      })
      serve(channel, session.handler, { names, onError: (name, error) => options.onError(`${name}: ${describe(error)}`) })
    },
    begin: async (call, input) => {
      const session = openSession(current())
      await session.handler('jobs.begin', { call, input }, { signal: new AbortController().signal, emit: () => undefined })
      session.close()
    },
    close: async () => {
      for (const window of windows) window.close()
      const opened = workers === null ? null : await workers
      if (opened?.ok === true) await opened.value.close()
    },
  })
}

/** Calls wait for workers that are still starting; where those are refused, every call answers why. */
function openSession(starting: Promise<Opened>): { readonly handler: Handler; close(): void } {
  const opening = starting.then((opened) => (opened.ok ? succeed(opened.value.open()) : opened), (error: unknown): Result<never, readonly Problem[]> => fail([notStarted(error)]))
  return {
    handler: async (name, input, context) => {
      const opened = await opening
      if (opened.ok) return opened.value.handler(name, input, context)
      return name === 'jobs.list' ? [] : fail(opened.problem[0] ?? notStarted('no reason is known'))
    },
    close: () => void opening.then((opened) => { if (opened.ok) opened.value.close() }),
  }
}

function notStarted(error: unknown): Problem {
  return { kind: 'internal', message: `The service did not start again: ${error instanceof Error ? error.message : String(error)}`, remedy: 'End Guestbridge and start it again.' }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
