import { useCallback, useEffect, useRef, useState } from 'react'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { Client } from './client.ts'
import { useJobs } from './jobs.ts'
import { ofError, useClient } from './service.tsx'

export type Page<Row> = { readonly rows: readonly Row[]; readonly next: string | null }
export type LoadPage<Row> = (client: Client, after: string | null, signal: AbortSignal) => Promise<Result<Page<Row>, Problem>>

export type Pages<Row> = {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly problem: Problem | null
  readonly rows: readonly Row[]
  readonly hasMore: boolean
  /** Asks for the next page where the end is on the screen. */
  readonly onVisible: (first: number, last: number) => void
}

/** A list that comes page by page, each from where the one before ended. `load` must stay the same while nothing changes. */
export function usePages<Row>(load: LoadPage<Row>): Pages<Row> {
  const client = useClient()
  const version = useJobs((state) => state.version)
  const [page, setPage] = useState<Page<Row> | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const cancel = useRef(new AbortController())
  const isAsking = useRef(false)

  const ask = useCallback((before: Page<Row> | null) => {
    const { signal } = cancel.current
    isAsking.current = true
    load(client, before?.next ?? null, signal).then((result) => {
      if (signal.aborted) return
      isAsking.current = false
      setProblem(result.ok ? null : result.problem)
      if (result.ok) setPage({ rows: [...(before?.rows ?? []), ...result.value.rows], next: result.value.next })
    }, (error: unknown) => { if (!signal.aborted) setProblem(ofError(error)) })
  }, [client, load])

  useEffect(() => {
    cancel.current = new AbortController()
    const own = cancel.current
    ask(null)
    return () => own.abort()
  }, [ask, version])

  const onVisible = useCallback((_first: number, last: number) => {
    if (page !== null && page.next !== null && last >= page.rows.length - 1 && !isAsking.current) ask(page)
  }, [ask, page])
  const status = problem !== null ? 'failed' : page === null ? 'loading' : 'ready'
  return { status, problem, rows: page?.rows ?? [], hasMore: page?.next !== null && page !== null, onVisible }
}
