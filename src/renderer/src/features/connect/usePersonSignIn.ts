import { useEffect, useRef, useState } from 'react'
import type { ConnectInput } from '../../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail } from '../../../../shared/domain/result.ts'
import type { Progress } from '../../../../shared/domain/run.ts'
import { ofError, useClient } from '../../app/service.tsx'
import { change, cloudInput, useConnectDraft } from './connectDraft.ts'

export type SignInWay = ConnectInput<'connect.signIn'>['how']

/** `prompt` null: the service has not said yet where to sign in. */
type SignInState = { readonly status: 'idle'; readonly problem: Problem | null } | { readonly status: 'waiting'; readonly prompt: NonNullable<Progress['signIn']> | null }

export type PersonSignIn = { readonly state: SignInState; readonly begin: (how: SignInWay) => Promise<void>; readonly cancel: () => void; readonly dismiss: () => void }

/** A person signs in for this set-up. Whoever leaves the step cancels it: nobody would see any more where to sign in. */
export function usePersonSignIn(): PersonSignIn {
  const client = useClient()
  const [state, setState] = useState<SignInState>({ status: 'idle', problem: null })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const begin = async (how: SignInWay): Promise<void> => {
    const cancel = new AbortController()
    running.current = cancel
    setState({ status: 'waiting', prompt: null })
    const draft = useConnectDraft.getState()
    const input = { draft: draft.draft, how, ...cloudInput(draft), tenantId: draft.tenantId, clientId: draft.clientId.trim() }
    const answer = await client.call('connect.signIn', input, cancel.signal, ({ signIn }) => setState({ status: 'waiting', prompt: signIn ?? null })).catch((error: unknown) => fail(ofError(error)))
    // Whoever cancelled knows that nobody was signed in.
    setState({ status: 'idle', problem: answer.ok || cancel.signal.aborted ? null : answer.problem })
    // In the service what renews the sign-in has taken the place of a secret that was typed.
    if (answer.ok && !cancel.signal.aborted) change({ person: answer.value, held: { ...useConnectDraft.getState().held, entra: false } })
  }
  return { state, begin, cancel: () => running.current?.abort(), dismiss: () => setState({ status: 'idle', problem: null }) }
}
