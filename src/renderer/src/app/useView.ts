import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OpenedView, ViewList, ViewRows } from '../../../shared/api/views.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { useJobs } from './jobs.ts'
import { ofError, useClient } from './service.tsx'

export type ViewRequest = {
  readonly text: string
  readonly facets: Readonly<Record<string, readonly string[]>>
  readonly sort: { readonly column: string; readonly direction: 'ascending' | 'descending' } | null
}

export type View<Row> = {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly problem: Problem | null
  readonly opened: OpenedView | null
  readonly rowAt: (index: number) => Row | undefined
  readonly onVisible: (first: number, last: number) => void
  /** Row number of an object in this view; null where it is not in it. */
  readonly find: (key: string) => Promise<number | null>
}

const pageSize = 100

/** A run may take a view away; one that is gone each time is a problem to be seen. */
const reopenings = 3

/** A list that stays in the service: rows come in pages as they are seen. A new request, or new data, opens a new view. */
export function useView<List extends ViewList>(list: List, request: ViewRequest): View<ViewRows[List]> {
  type Row = ViewRows[List]
  const client = useClient()
  const version = useJobs((state) => state.version)
  const [opened, setOpened] = useState<OpenedView | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [, redraw] = useState(0)
  const [reopening, setReopening] = useState(0)
  /** How often in a row a view was gone when its rows were asked for. */
  const reopened = useRef(0)
  const pages = useRef(new Map<number, readonly Row[] | 'asked'>())
  const key = JSON.stringify(request)

  useEffect(() => {
    const cancel = new AbortController()
    let view: number | null = null
    client.call('views.open', { list, first: pageSize, ...(JSON.parse(key) as ViewRequest) }, cancel.signal).then((result) => {
      if (!result.ok) return setProblem(result.problem)
      view = result.value.view
      if (cancel.signal.aborted) return void client.call('views.close', { view })
      // The service answers rows of the list that was opened.
      pages.current = new Map([[0, result.value.rows as readonly Row[]]])
      setProblem(null)
      setOpened(result.value)
    }, (error: unknown) => { if (!cancel.signal.aborted) setProblem(ofError(error)) })
    return () => {
      cancel.abort()
      const former = view
      // Behind the request for the next view, for which somebody waits.
      if (former !== null) setTimeout(() => void client.call('views.close', { view: former }))
    }
  }, [client, list, key, version, reopening])

  const onVisible = useCallback((first: number, last: number) => {
    if (opened === null) return
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1) {
      if (pages.current.has(page)) continue
      const target = pages.current
      target.set(page, 'asked')
      void client.call('views.rows', { view: opened.view, offset: page * pageSize, limit: pageSize }).then((result) => {
        // An answer of a view that was opened anew meanwhile says nothing about what is shown.
        if (pages.current !== target) return
        if (!result.ok && result.problem.kind === 'notFoundInWorkspace' && reopened.current < reopenings) {
          reopened.current += 1
          return setReopening((count) => count + 1)
        }
        if (!result.ok) return setProblem(result.problem)
        reopened.current = 0
        // The service answers rows of the list that was opened.
        target.set(page, result.value as readonly Row[])
        redraw((count) => count + 1)
      }, (error: unknown) => setProblem(ofError(error)))
    }
  }, [client, opened])

  const rowAt = useCallback((index: number): Row | undefined => {
    const page = pages.current.get(Math.floor(index / pageSize))
    return page === undefined || page === 'asked' ? undefined : page[index % pageSize]
  }, [])

  const find = useCallback(async (wanted: string): Promise<number | null> => {
    if (opened === null) return null
    const result = await client.call('views.find', { view: opened.view, key: wanted })
    return result.ok ? result.value : null
  }, [client, opened])

  return useMemo(() => ({ status: problem !== null ? 'failed' as const : opened === null ? 'loading' as const : 'ready' as const, problem, opened, rowAt, onVisible, find }), [problem, opened, rowAt, onVisible, find])
}
