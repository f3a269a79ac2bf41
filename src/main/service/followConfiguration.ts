import { statSync } from 'node:fs'
import type { CallName, CallOptions, Outputs } from '../../shared/api/contract.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import type { Service } from '../service.ts'

export type FollowingService = Pick<Service, 'call' | 'close' | 'prepareForWindow'>
type Open = () => Promise<Result<Service, readonly Problem[]>>

/**
 * A service that opens its workspace again when the configuration or the rules on the disk are others: both workers of a
 * window follow what one of them, or a person with an editor, has saved. Calls that have begun end under the old settings.
 * While the new ones cannot be used, the old ones stay in force; Settings and Rules say what is wrong with them.
 */
export async function openFollowingService(open: Open, onRefused: (problems: readonly Problem[]) => void): Promise<Result<FollowingService, readonly Problem[]>> {
  const first = await open()
  if (!first.ok) return first
  let service = first.value
  let seen = stampOf(service.decidedBy)
  let reopening: Promise<void> | null = null
  const running = new Set<Promise<unknown>>()

  const reopen = async (): Promise<void> => {
    await Promise.allSettled(running)
    // Before it is read: what is saved meanwhile is followed with the next call.
    seen = stampOf(service.decidedBy)
    const opened = await open()
    if (!opened.ok) return onRefused(opened.problem)
    const former = service
    service = opened.value
    seen = stampOf(service.decidedBy)
    // A lab that the former one runs ends with it; the new one starts it when it is needed.
    await former.close()
  }
  const current = async (): Promise<Service> => {
    if (reopening === null && stampOf(service.decidedBy) !== seen) reopening = reopen().finally(() => { reopening = null })
    await reopening
    return service
  }

  const call = async <Name extends CallName>(name: Name, input: unknown, options: CallOptions): Promise<Result<Outputs[Name], Problem>> => {
    const answering = (await current()).call(name, input, options)
    running.add(answering)
    try {
      return await answering
    } finally {
      running.delete(answering)
    }
  }
  return succeed({
    call,
    prepareForWindow: async () => (await current()).prepareForWindow(),
    close: async () => {
      await reopening
      await service.close()
    },
  })
}

/** Changes with every replacement and every edit in place; a file that is away for a moment is a change too. */
function stampOf(files: readonly string[]): string {
  return files.map((file) => {
    const found = statSync(file, { bigint: true, throwIfNoEntry: false })
    return found === undefined ? 'away' : `${found.ino}:${found.size}:${found.mtimeNs}`
  }).join(' ')
}
