import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { hostInputs, type WorkspaceOpened } from '../../../shared/api/hostCalls.ts'
import { inputs } from '../../../shared/api/contract.ts'
import { jobInputs, type Job } from '../../../shared/api/jobs.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { Channel } from '../../../shared/rpc/frames.ts'
import { serve, type Handler } from '../../../shared/rpc/serve.ts'
import { configurationFileName } from '../../workspace/readConfiguration.ts'
import { createSignInAddresses } from './signInAddresses.ts'
import { openWorkers, type ServiceWorkers, type WorkerOptions } from '../worker/openWorkers.ts'

/** A channel that the host can end: the window then says that the service is gone and offers to connect again. */
export type WindowChannel = Channel & { close(): void }

export type WindowService = {
  /** Answers a page load until its channel ends. Where the workers have died since, it starts them again. */
  readonly serve: (channel: WindowChannel) => void
  /** Whether a call that runs asks a person to sign in there: the one kind of address that a host may open. */
  readonly isSignInAddress: (address: string) => boolean
  /** Begins a job that no window asked for; the windows join it. */
  readonly begin: (call: string, input: unknown) => Promise<void>
  close(): Promise<void>
}

type Opened = Result<ServiceWorkers, readonly Problem[]>

const names: ReadonlySet<string> = new Set([...Object.keys(inputs), ...Object.keys(jobInputs), ...Object.keys(hostInputs)])

/** The two workers of a workspace behind any number of page loads. Problems: what the configuration says against it. */
export async function openWindowService(options: WorkerOptions): Promise<Result<WindowService, readonly Problem[]>> {
  const windows = new Set<WindowChannel>()
  const signIns = createSignInAddresses()
  let workers: Promise<Opened> | null = null

  let folder = options.folder

  const follow = (starting: Promise<Opened>): Promise<Opened> => {
    const forget = (): void => { if (workers === starting) workers = null }
    void starting.then((opened) => {
      if (!opened.ok) return forget()
      return opened.value.died.then((error) => {
        // Those of a workspace that the window has left end when they are told to.
        if (workers !== starting) return
        forget()
        options.onError(`The service has ended: ${error.message}. It starts again when a window connects.`)
        for (const window of windows) window.close()
      })
    }, forget)
    workers = starting
    return starting
  }
  const start = (): Promise<Opened> => follow(openWorkers({ ...options, folder }))
  const current = (): Promise<Opened> => workers ?? start()

  const openOther = async (input: unknown, asking: WindowChannel): Promise<Result<WorkspaceOpened, Problem>> => {
    const wanted = await findOther(input, current())
    if (!wanted.ok) return wanted
    const opened = await openWorkers({ ...options, folder: wanted.value })
    if (!opened.ok) return fail(opened.problem[0] ?? notStarted('no reason is known'))
    const former = workers
    folder = wanted.value
    void follow(Promise.resolve(opened))
    for (const window of windows) if (window !== asking) window.close()
    const left = await former
    if (left?.ok === true) await left.value.close()
    return succeed({ folder })
  }

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
      const handler: Handler = (name, input, context) => (name === 'workspace.open' ? openOther(input, channel) : session.handler(name, input, context))
      serve(channel, signIns.follow(handler), { names, onError: (name, error) => options.onError(`${name}: ${describe(error)}`) })
    },
    isSignInAddress: signIns.has,
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

/** The folder that was named, where it is a workspace and nothing runs in the present one: work is not ended by looking elsewhere. */
async function findOther(input: unknown, present: Promise<Opened>): Promise<Result<string, Problem>> {
  const parsed = hostInputs['workspace.open'].safeParse(input)
  if (!parsed.success || !isAbsolute(parsed.data.folder)) return fail({ kind: 'usage', message: 'A workspace is named by the whole path of its folder.', remedy: 'Give a path such as /home/ana/contoso or C:\\Guestbridge\\contoso.' })
  const wanted = resolve(parsed.data.folder)
  if (!existsSync(join(wanted, configurationFileName))) return fail({ kind: 'notFoundInWorkspace', message: `There is no workspace in ${wanted}: it has no ${configurationFileName}.`, remedy: 'Name another folder, or make a workspace there with "Connect your tenant".' })
  const session = openSession(present)
  const jobs = (await session.handler('jobs.list', {}, { signal: AbortSignal.timeout(10_000), emit: () => undefined })) as readonly Job[]
  session.close()
  const running = jobs.find(({ status }) => status === 'running' || status === 'cancelling')
  return running === undefined ? succeed(wanted) : fail({ kind: 'locked', message: 'Something still runs in this workspace.', remedy: 'Wait until it has ended, or cancel it in the strip below; then open the other one.', detail: { call: running.call } })
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
