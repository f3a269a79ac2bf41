import { useCallback, useEffect, useState } from 'react'
import type { ShownDelegationPlan } from '../../../../shared/api/delegationPlanCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { ofError, useClient } from '../../app/service.tsx'
import type { Wish } from './wishes.ts'

export type PlanRequest = { readonly kind: 'wishes'; readonly wishes: readonly Wish[] } | { readonly kind: 'undo'; readonly run: number }

export type PlanAnswer =
  | { readonly status: 'planning' }
  | { readonly status: 'ready'; readonly plan: ShownDelegationPlan }
  | { readonly status: 'failed'; readonly problem: Problem }

/** A plan is made once and stays what it is until somebody asks anew: what is approved must not change under one's eyes. */
export function usePlan(request: PlanRequest): PlanAnswer & { readonly planAnew: () => void } {
  const client = useClient()
  const [asked, setAsked] = useState(0)
  const [answer, setAnswer] = useState<PlanAnswer>({ status: 'planning' })
  const key = JSON.stringify(request)
  useEffect(() => {
    const cancel = new AbortController()
    const wanted = JSON.parse(key) as PlanRequest
    setAnswer({ status: 'planning' })
    const planned = wanted.kind === 'undo' ? client.call('delegation.undoPlan', { run: wanted.run, path: null }, cancel.signal) : client.call('delegation.plan', { intents: wanted.wishes, path: null }, cancel.signal)
    planned.then(
      (result) => { if (!cancel.signal.aborted) setAnswer(result.ok ? { status: 'ready', plan: result.value } : { status: 'failed', problem: result.problem }) },
      (error: unknown) => { if (!cancel.signal.aborted) setAnswer({ status: 'failed', problem: ofError(error) }) },
    )
    return () => cancel.abort()
  }, [client, key, asked])
  const planAnew = useCallback(() => setAsked((count) => count + 1), [])
  return { ...answer, planAnew }
}
