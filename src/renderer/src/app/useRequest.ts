import { useCallback, useState } from 'react'
import type { CallName, Outputs } from '../../../shared/api/contract.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, type Result } from '../../../shared/domain/result.ts'
import { startJob } from './jobs.ts'
import { ofError, useClient } from './service.tsx'

/** Something that a person asks for with a button: whether it is under way, and why it failed the last time. */
export type Request<Value> = {
  readonly isBusy: boolean
  readonly problem: Problem | null
  readonly dismiss: () => void
  /** Settles always; a problem is shown where `problem` is, and answered too. */
  readonly send: (input: unknown) => Promise<Result<Value, Problem>>
}

/** Work that writes or takes long: a job, which outlives a reload and stands in the activity strip. */
export function useJobRequest<Name extends CallName>(name: Name): Request<Outputs[Name]> {
  const client = useClient()
  // The job's answer is that of the call which it began.
  return useSending(useCallback(async (input: unknown) => (await startJob(client, name, input)) as Result<Outputs[Name], Problem>, [client, name]))
}

/** A question that is answered soon and writes nothing. */
export function useQueryRequest<Name extends CallName>(name: Name): Request<Outputs[Name]> {
  const client = useClient()
  return useSending(useCallback((input: unknown) => client.call(name, input), [client, name]))
}

function useSending<Value>(ask: (input: unknown) => Promise<Result<Value, Problem>>): Request<Value> {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = useCallback(async (input: unknown): Promise<Result<Value, Problem>> => {
    setBusy(true)
    setProblem(null)
    const result = await ask(input).catch((error: unknown) => fail(ofError(error)))
    setBusy(false)
    if (!result.ok) setProblem(result.problem)
    return result
  }, [ask])
  const dismiss = useCallback(() => setProblem(null), [])
  return { isBusy, problem, dismiss, send }
}
