import type { CallName, Outputs } from '../../../../shared/api/contract.ts'
import { useLastJob } from '../../app/useLastJob.ts'
import { useJobRequest, type Request } from '../../app/useRequest.ts'

/** A request whose work and answer are there again after a reload: `answer` is that of the last job, until it is forgotten. */
export type JoinedRequest<Value> = Omit<Request<Value>, 'dismiss'> & { readonly answer: Value | null; readonly forget: () => void }

export function useJoinedRequest<Name extends CallName>(name: Name): JoinedRequest<Outputs[Name]> {
  const { isBusy, problem, dismiss, send } = useJobRequest(name)
  const last = useLastJob(name)
  const result = last?.result ?? null
  return {
    send,
    isBusy: isBusy || (last !== null && last.job.endedAt === null),
    // What could not even begin has no job.
    problem: problem ?? (result?.ok === false ? result.problem : null),
    answer: result?.ok === true ? result.value : null,
    forget: () => { dismiss(); last?.dismiss() },
  }
}
