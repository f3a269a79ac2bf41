import { CryptoProvider, type PublicClientApplication } from '@azure/msal-node'
import { randomBytes } from 'node:crypto'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, type Result } from '../../../shared/domain/result.ts'
import { describePersonFailure, personApplication, personTokenOf, scopesOf, signInCancelled, stopAtRefusals, type PersonToken, type SigningIn, type StoppingNetwork } from './delegatedSignIn.ts'
import { openLoopbackRedirect, type LoopbackRedirect, type RedirectAnswer } from './loopbackRedirect.ts'
import { createTokenNetwork } from './tokenNetwork.ts'
import { describeTokenServiceError } from './tokenServiceProblems.ts'
import { trustAuthorities } from './trustAuthorities.ts'
import { systemWaiting, type Waiting } from './waiting.ts'

/** Milliseconds in which somebody has to sign in. */
const patience = 5 * 60 * 1000

/**
 * One access token in the name of a person, who signs in with the browser of this computer (authorization code with PKCE,
 * RFC 8252; https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow). `show` is called once, with the
 * address to open. Nothing listens any more when this settles, whichever way.
 */
export async function signInByBrowser(connection: SigningIn, show: (address: string) => void, signal: AbortSignal, waiting: Waiting = systemWaiting): Promise<Result<PersonToken, Problem>> {
  const trust = trustAuthorities(connection.caPem)
  if (!trust.ok) return trust
  const state = randomBytes(32).toString('base64url')
  const redirect = await openLoopbackRedirect(state)
  if (!redirect.ok) return redirect
  const network = stopAtRefusals(createTokenNetwork(waiting, signal))
  try {
    return await askInBrowser({ connection, state, redirect: redirect.value, network, application: personApplication(connection, network), show, signal, waiting })
  } catch (error) {
    return fail(signal.aborted ? signInCancelled : describeFailure(error, network))
  } finally {
    await redirect.value.close()
  }
}

type Asking = {
  readonly connection: SigningIn
  readonly state: string
  readonly redirect: LoopbackRedirect
  readonly network: StoppingNetwork
  readonly application: PublicClientApplication
  readonly show: (address: string) => void
  readonly signal: AbortSignal
  readonly waiting: Waiting
}

async function askInBrowser({ connection, state, redirect, application, show, signal, waiting }: Asking): Promise<Result<PersonToken, Problem>> {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
  const request = { scopes: scopesOf(connection), redirectUri: redirect.redirectUri }
  // Whoever administers is often signed in as somebody else in the same browser.
  show(await application.getAuthCodeUrl({ ...request, state, codeChallenge: challenge, codeChallengeMethod: 'S256', responseMode: 'query', prompt: 'select_account' }))
  const answer = await waitForAnswer(redirect, signal, waiting)
  if (answer === 'cancelled') return fail(signInCancelled)
  if (answer === 'late') return fail(nobodyCame)
  if (answer.kind === 'refused') return fail(describeRefusal(answer))
  return personTokenOf(application, await application.acquireTokenByCode({ ...request, code: answer.code, codeVerifier: verifier }), waiting)
}

async function waitForAnswer({ answer }: LoopbackRedirect, signal: AbortSignal, waiting: Waiting): Promise<RedirectAnswer | 'late' | 'cancelled'> {
  const ended = new AbortController()
  const pause = waiting.sleep(patience, AbortSignal.any([signal, ended.signal])).then((): 'late' | 'cancelled' => (signal.aborted ? 'cancelled' : 'late'))
  try {
    return await Promise.race([answer, pause])
  } finally {
    ended.abort()
  }
}

/** AADSTS numbers of what comes back by the browser instead of a code (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const refusals: Readonly<Record<string, Problem>> = {
  65004: { kind: 'notPermitted', message: 'The sign-in was declined in the browser.', remedy: 'Sign in again, and accept.' },
  65001: { kind: 'notPermitted', message: 'Nobody has consented yet to what the application may read in the name of a person.', remedy: 'Let an administrator grant consent under App registrations, API permissions, and sign in again.' },
  90094: { kind: 'notPermitted', message: 'An administrator has to consent before this person may sign in.', remedy: 'Let an administrator grant consent under App registrations, API permissions, and sign in again.' },
}

function describeRefusal({ error, description }: Extract<RedirectAnswer, { readonly kind: 'refused' }>): Problem {
  const code = /\bAADSTS(\d+)/.exec(description)?.[1] ?? ''
  const known = refusals[code] ?? (error === 'access_denied' ? refusals[65004] : undefined)
  return known === undefined ? describeTokenServiceError({ error, code, description, status: 302, correlationId: /Correlation ID: ([0-9a-f-]+)/.exec(description)?.[1] ?? '' }) : { ...known, detail: { error, description } }
}

/** The redirect address is registered for something that keeps a secret, or it is not registered: both are the same mistake. */
const notForDesktop: readonly string[] = ['7000218', '50011', '500112']

function describeFailure(error: unknown, network: StoppingNetwork): Problem {
  const refusal = network.failure() === null ? network.refusal() : null
  if (refusal === null || !notForDesktop.includes(refusal.code)) return describePersonFailure(error, network)
  return {
    kind: 'credentialsRefused', message: 'The app registration does not let people sign in with the browser of a computer.',
    remedy: 'Under App registrations, Authentication, add http://localhost under "Mobile and desktop applications", not under "Web".', detail: { code: `AADSTS${refusal.code}`, description: refusal.description },
  }
}

const nobodyCame: Problem = {
  kind: 'timedOut', message: 'Nobody signed in within five minutes.',
  remedy: 'Start again. Where Entra showed AADSTS50011 in the browser: add http://localhost under "Mobile and desktop applications" of the app registration, Authentication.',
}
