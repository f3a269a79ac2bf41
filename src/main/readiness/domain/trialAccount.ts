import { setTimeout as sleep } from 'node:timers/promises'
import { parseObjectGuid } from '../../../shared/domain/ids.ts'
import type { Dn, ObjectGuid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { DirectoryReader, DirectoryWriter } from '../../connectors/connector.ts'
import { leavesOutcomeOpen } from '../../connectors/leavesOutcomeOpen.ts'

/** Both ends of one controller: what was written is looked for where it was written. */
export type TrialTarget = { readonly reader: DirectoryReader; readonly writer: DirectoryWriter }
export type TrialRequest = {
  readonly dn: Dn
  readonly accountName: string
  /** Texts that are written one by one. */
  readonly values: readonly (readonly [name: string, value: string])[]
  readonly afterDeletion: 'bringBack' | 'leaveDeleted'
}

export type TrialStep = 'making' | 'writing' | 'deleting' | 'bringingBack'
export type Trial = {
  /** What went through, each in the past tense. */
  readonly steps: readonly string[]
  /** The first that did not; nothing was tried after it. */
  readonly refusal: { readonly step: TrialStep; readonly problem: Problem } | null
  /** Why the account could not be removed again; null: nothing is left of it. */
  readonly left: Problem | null
}

/**
 * One account, disabled all the while: made, written, given a password and deleted; brought back and deleted again. Whatever happens in between,
 * it is removed, also when `signal` has cancelled everything else.
 */
export async function tryOnAccount(target: TrialTarget, request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  const made = await target.writer.addDisabledUser(request.dn, { sAMAccountName: [request.accountName] }, signal)
  if (!made.ok) return { steps: [], refusal: { step: 'making', problem: made.problem }, left: await removeHalfMade(target, request.dn, made.problem) }
  const steps = [`made ${request.dn}`]
  for (const { step, run } of attemptsOn(target, made.value, request)) {
    const done = await run(signal)
    if (!done.ok) return { steps, refusal: { step, problem: done.problem }, left: await remove(target.writer, made.value) }
    steps.push(done.value)
  }
  return { steps, refusal: null, left: null }
}

/** `run` answers with what it did. */
type Attempt = { readonly step: TrialStep; readonly run: (signal: AbortSignal) => Promise<Result<string, Problem>> }

function attemptsOn({ reader, writer }: TrialTarget, anchor: ObjectGuid, { dn, values, afterDeletion }: TrialRequest): readonly Attempt[] {
  const attempt = (step: TrialStep, words: string, write: (signal: AbortSignal) => Promise<Result<null, Problem>>): Attempt => ({
    step,
    run: async (signal) => {
      const written = await write(signal)
      return written.ok ? succeed(words) : written
    },
  })
  return [
    ...values.map(([name, value]) => attempt('writing', `wrote ${name}`, (signal) => writer.modify(anchor, [{ name, before: [], after: [value] }], signal))),
    attempt('writing', 'set its password', (signal) => writer.setRandomPassword(anchor, signal)),
    // Normal account, disabled, smart card required: as provisioned, and never to be signed in with.
    attempt('writing', 'wrote userAccountControl', (signal) => writer.setUserAccountControl(anchor, 514, 262_658, signal)),
    attempt('deleting', 'deleted it again', (signal) => writer.delete(anchor, signal)),
    ...(afterDeletion === 'leaveDeleted' ? [] : [
      attempt('bringingBack', 'brought it back', (signal) => writer.restore(anchor, dn, signal)),
      { step: 'bringingBack' as const, run: (signal: AbortSignal) => seeWhatReturned(reader, anchor, values.map(([name]) => name), signal) },
      // Without the Recycle Bin an account comes back without a password, and gets a new one (sync-semantics 17).
      attempt('bringingBack', 'set its password', (signal) => writer.setRandomPassword(anchor, signal)),
      attempt('deleting', 'deleted it for good', (signal) => writer.delete(anchor, signal)),
    ]),
  ]
}

/** The Recycle Bin gives attributes back, a tombstone does not (MS-ADTS 3.1.1.5.3.7.3). */
async function seeWhatReturned(reader: DirectoryReader, anchor: ObjectGuid, names: readonly string[], signal: AbortSignal): Promise<Result<string, Problem>> {
  const read = await reader.readObject(anchor, names, signal)
  if (!read.ok) return read
  const returned = names.filter((name) => (read.value?.attributes[name]?.length ?? 0) > 0)
  return succeed(`found the same objectGUID, ${returned.length} of the ${names.length} attributes with it`)
}

/** Where the answer is missing, the account may be there all the same, or be there in a moment. Another's of that name would have been a refusal. */
async function removeHalfMade({ reader, writer }: TrialTarget, dn: Dn, problem: Problem): Promise<Problem | null> {
  if (!leavesOutcomeOpen(problem) && problem.kind !== 'objectNotFound') return null
  for (const wait of [0, lateArrival]) {
    await sleep(wait)
    const there = await reader.readObject(dn, [], neverCancelled())
    if (!there.ok) return there.problem
    const anchor = parseObjectGuid(there.value?.anchor ?? '')
    if (anchor.ok) return remove(writer, anchor.value)
  }
  return null
}

/** Milliseconds. A request that was given up may still be carried out: abandoning it is a wish (RFC 4511 4.11). */
const lateArrival = 500

/** Once more where the connection was lost: the next request makes a new one. */
async function remove(writer: DirectoryWriter, anchor: ObjectGuid): Promise<Problem | null> {
  const first = await writer.delete(anchor, neverCancelled())
  const last = !first.ok && leavesOutcomeOpen(first.problem) ? await writer.delete(anchor, neverCancelled()) : first
  return last.ok || last.problem.kind === 'objectNotFound' ? null : last.problem
}

function neverCancelled(): AbortSignal {
  return new AbortController().signal
}
