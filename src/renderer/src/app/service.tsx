import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import type { CallName, Outputs } from '../../../shared/api/contract.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Client } from './client.ts'
import { useJobs } from './jobs.ts'

const ClientContext = createContext<Client | null>(null)

export function ServiceProvider({ client, children }: { readonly client: Client; readonly children: ReactNode }): ReactNode {
  return <ClientContext value={client}>{children}</ClientContext>
}

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('There is no service around this component')
  return client
}

/** What a screen knows of an answer. `refreshing` keeps the old rows on the screen while new ones come. */
export type Answer<Value> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready' | 'refreshing'; readonly value: Value }
  | { readonly status: 'failed'; readonly problem: Problem }

/** Asks the service, again when the input changes or a job has ended. The input must be plain data. */
export function useAnswer<Name extends CallName>(name: Name, input: unknown): Answer<Outputs[Name]> {
  const client = useClient()
  const version = useJobs((state) => state.version)
  const [answer, setAnswer] = useState<Answer<Outputs[Name]>>({ status: 'loading' })
  const key = JSON.stringify(input)
  useEffect(() => {
    const cancel = new AbortController()
    setAnswer((before) => (before.status === 'ready' ? { status: 'refreshing', value: before.value } : before))
    client.call(name, JSON.parse(key), cancel.signal).then(
      (result) => { if (!cancel.signal.aborted) setAnswer(result.ok ? { status: 'ready', value: result.value } : { status: 'failed', problem: result.problem }) },
      (error: unknown) => { if (!cancel.signal.aborted) setAnswer({ status: 'failed', problem: ofError(error) }) },
    )
    return () => cancel.abort()
  }, [client, name, key, version])
  return answer
}

export function ofError(error: unknown): Problem {
  return { kind: 'internal', message: error instanceof Error ? error.message : String(error), remedy: 'Reload the window; if it happens again, look into the log of the workspace.' }
}
