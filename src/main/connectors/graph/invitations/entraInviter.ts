import type { Invitation, KnownGuest } from '../../../../shared/domain/invitation.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { EntraInviter, Invited } from '../../invitationPort.ts'
import { sendBatch, type BatchSender } from '../batch.ts'
import type { BatchAnswer } from '../batchAnswer.ts'
import type { EntraConnection } from '../entraConnection.ts'
import { createGraphClient } from '../graphClient.ts'
import { describeGraphError } from '../graphProblems.ts'
import { askEach, lookAtEach, type Look } from '../lookAtEach.ts'
import { isRecord } from '../parseJson.ts'
import { decideRetry } from '../retryPolicy.ts'
import { createTokenSource } from '../tokenSource.ts'
import { trustAuthorities } from '../trustAuthorities.ts'
import { systemWaiting, type Waiting } from '../waiting.ts'
import { bodyOf, readInvited } from './invitationMessage.ts'
import { clarifyBlockProblem, clarifyInvitationProblem } from './invitationProblems.ts'
import { knownGuestProperties, readKnownGuest } from './readKnownGuest.ts'

/** https://learn.microsoft.com/graph/api/invitation-post, https://learn.microsoft.com/graph/api/user-update */
export function createEntraInviter(connection: EntraConnection, waiting: Waiting = systemWaiting): EntraInviter {
  const closing = new AbortController()
  const trust = trustAuthorities(connection.caPem)
  const client = createGraphClient(connection.graphUrl, createTokenSource(connection, waiting), waiting)
  const sender: BatchSender = { client, graphUrl: connection.graphUrl, waiting }
  const url = `${connection.graphUrl}/v1.0/invitations`
  const until = (signal: AbortSignal) => AbortSignal.any([signal, closing.signal])
  const invite: EntraInviter['invite'] = async (invitation, signal) => {
    if (!trust.ok) return trust
    const answer = await client.postJson(url, bodyOf(invitation), 'never', until(signal))
    return answer.ok ? readInvited(answer.value) : fail(clarifyInvitationProblem(answer.problem))
  }
  return {
    findByAddress: async (addresses, signal) => (trust.ok ? findByAddress(sender, addresses, until(signal)) : trust),
    read: async (id, signal) => (trust.ok ? readOne(sender, id, until(signal)) : trust),
    invite,
    inviteSeveral: async (invitations, signal) => (trust.ok ? inviteSeveral(sender, url, invitations, until(signal)) : trust),
    setEnabled: async (id, enabled, signal) => (trust.ok ? setEnabled(sender, id, enabled, until(signal)) : trust),
    close: async () => closing.abort(),
  }
}

const select = `$select=${knownGuestProperties.join(',')}`

async function findByAddress(sender: BatchSender, addresses: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, Result<readonly KnownGuest[], Problem>>, Problem>> {
  const unique = [...new Set(addresses)]
  const asked = await askEach(sender, unique, (address) => ({ id: address, method: 'GET', url: `/users?$filter=${encodeURIComponent(filterFor(address))}&$count=true&${select}`, headers: { ConsistencyLevel: 'eventual' }, repeat: 'whileUnavailable' }), signal)
  return asked.ok ? succeed(new Map([...asked.value].map(([address, look]) => [address, readFound(look)]))) : asked
}

/** Quotes are doubled in OData; proxy addresses carry their protocol. */
function filterFor(address: string): string {
  const value = address.replaceAll("'", "''")
  return `mail eq '${value}' or otherMails/any(m:m eq '${value}') or proxyAddresses/any(p:p eq 'smtp:${value}') or proxyAddresses/any(p:p eq 'SMTP:${value}')`
}

function readFound(look: Look): Result<readonly KnownGuest[], Problem> {
  if (look.kind === 'failed') return fail(look.problem)
  const users: unknown = look.kind === 'found' ? look.body['value'] : []
  const guests = (Array.isArray(users) ? users : [null]).map((user: unknown) => (isRecord(user) ? readKnownGuest(user) : null))
  return guests.every((guest) => guest !== null)
    ? succeed(guests)
    : fail({ kind: 'malformedAnswer', message: 'Graph answered the search for an address with something that is no list of users.', remedy: 'Run it again; if it stays so, look which proxy stands in between.' })
}

async function readOne(sender: BatchSender, id: string, signal: AbortSignal): Promise<Result<KnownGuest | null, Problem>> {
  const looks = await lookAtEach(sender, [id], (one) => `/users/${encodeURIComponent(one)}?${select}`, signal)
  if (!looks.ok) return looks
  const look = looks.value.get(id)
  if (look === undefined || look.kind === 'notFound') return succeed(null)
  return look.kind === 'found' ? succeed(readKnownGuest(look.body)) : fail(look.problem)
}

/** A throttled item was not carried out, so it may go out again; no other answer may. */
async function inviteSeveral(sender: BatchSender, url: string, invitations: readonly Invitation[], signal: AbortSignal): Promise<Result<readonly Result<Invited, Problem>[], Problem>> {
  const results = new Map<string, Result<Invited, Problem>>()
  let open = invitations.map((invitation, index) => ({ id: String(index), body: bodyOf(invitation) }))
  for (let attempts = 1; open.length > 0; attempts += 1) {
    const answers = await sendBatch(sender, open.map(({ id, body }) => ({ id, method: 'POST', url: '/invitations', body, repeat: 'never' })), signal)
    // What had an answer in an earlier attempt is known; the rest has none.
    if (!answers.ok) return results.size === 0 ? answers : succeed(invitations.map((_, index) => results.get(String(index)) ?? answers))
    let longest = 0
    const again = open.filter(({ id }) => {
      const answer = answers.value.get(id)
      if (answer === undefined) return false
      const decision = answer.status === 429 ? decideRetry({ kind: 'answered', status: 429, headers: answer.headers }, attempts, sender.waiting) : { kind: 'giveUp' as const }
      if (decision.kind === 'wait') longest = Math.max(longest, decision.milliseconds)
      else results.set(id, readItem(url, answer))
      return decision.kind === 'wait'
    })
    open = again
    if (open.length > 0) await sender.waiting.sleep(longest, signal)
    if (signal.aborted) open.forEach(({ id }) => results.set(id, fail({ kind: 'throttled', message: 'It was not sent: cancelled while Graph asked to wait.', remedy: 'Run it again: who was invited already is not invited twice.' })))
    if (signal.aborted) break
  }
  return succeed(invitations.map((_, index) => results.get(String(index)) ?? fail({ kind: 'malformedAnswer', message: 'Graph gave no answer to this invitation.', remedy: 'Look the address up, then run it again.' })))
}

function readItem(url: string, answer: BatchAnswer): Result<Invited, Problem> {
  return answer.status >= 200 && answer.status < 300 ? readInvited({ url, body: answer.body, answer }) : fail(clarifyInvitationProblem(describeGraphError(url, answer)))
}

/** Setting a value twice is harmless, so it may be repeated. */
async function setEnabled(sender: BatchSender, id: string, enabled: 'enabled' | 'blocked', signal: AbortSignal): Promise<Result<null, Problem>> {
  const path = `/users/${encodeURIComponent(id)}`
  const answers = await sendBatch(sender, [{ id: '1', method: 'PATCH', url: path, body: { accountEnabled: enabled === 'enabled' }, repeat: 'whileUnavailable' }], signal)
  if (!answers.ok) return answers
  const answer = answers.value.get('1')
  return answer !== undefined && answer.status >= 200 && answer.status < 300 ? succeed(null) : fail(clarifyBlockProblem(describeGraphError(`${sender.graphUrl}/v1.0${path}`, answer ?? { status: 500, headers: new Headers(), text: '', body: null })))
}
