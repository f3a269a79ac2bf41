import { dnKey } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DirSyncMode } from './controls.ts'
import type { ServerState } from './serverState.ts'

/** Where a delta begins, and all that must still be so for it to be worth anything. */
export type Watermark = {
  readonly version: 1
  /** How changes are asked for: DirSync as whoever may replicate or as the bound account, or by uSNChanged. */
  readonly way: { readonly kind: 'dirSync'; readonly mode: DirSyncMode; readonly cookie: string } | { readonly kind: 'updateSequence' }
  readonly state: ServerState
  /** Of `fingerprintOf`, at `state.usn`. */
  readonly containers: string
  /** Whether the account could read CN=Deleted Objects; if not, DirSync showed deletions because it may replicate. */
  readonly readsDeletedObjects: boolean
  readonly binding: WatermarkBinding
}

export type WatermarkBinding = { readonly domainSid: string; readonly attributes: readonly string[]; readonly managedOus: readonly string[] }

export function bindTo(domainSid: string, attributes: readonly string[], managedOus: readonly Dn[]): WatermarkBinding {
  const distinct = (texts: readonly string[]) => [...new Set(texts)].sort()
  return { domainSid, attributes: distinct(attributes.map((name) => name.toLowerCase())), managedOus: distinct(managedOus.map(dnKey)) }
}

export function writeWatermark(watermark: Watermark): string {
  return JSON.stringify(watermark)
}

/** `deltaExpired` where only a full import helps: another controller, another selection, other OUs, or too long ago. */
export function readWatermark(text: string, now: ServerState, binding: WatermarkBinding): Result<Watermark, Problem> {
  const watermark = parse(text)
  if (watermark === null) return fail(deltaExpired('the watermark is not one that this version wrote'))
  const { state } = watermark
  if (watermark.binding.domainSid !== binding.domainSid) return fail(deltaExpired('the last import came from another domain'))
  if (state.server.invocationId !== now.server.invocationId) return fail(deltaExpired(`the last import came from ${state.server.controller}, now ${now.server.controller} answers`, now))
  if (BigInt(state.usn) > BigInt(now.usn)) return fail(deltaExpired(`${now.server.controller} has gone back to an earlier state`, now))
  if (now.time - state.time > longestPause) return fail(deltaExpired('the last import was too long ago: deletions may have been forgotten since', now))
  if (!sameTexts(watermark.binding.attributes, binding.attributes)) return fail(deltaExpired('other attributes were read then'))
  if (!sameTexts(watermark.binding.managedOus, binding.managedOus)) return fail(deltaExpired('other OUs were managed then'))
  return succeed(watermark)
}

export function deltaExpired(because: string, now?: ServerState): Problem {
  return {
    kind: 'deltaExpired', message: `Importing changes from Active Directory failed: ${because}.`, remedy: 'Run a full import of Active Directory; deltas go on from there.',
    ...(now === undefined ? {} : { detail: { controller: now.server.controller } }),
  }
}

/** Milliseconds. Half of the 60 days for which a directory remembers deletions at least by default (tombstoneLifetime, MS-ADTS 3.1.1.5.5). */
const longestPause = 30 * 86_400_000

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index])
}

function parse(text: string): Watermark | null {
  try {
    const value: unknown = JSON.parse(text)
    return isWatermark(value) ? value : null
  } catch {
    // JSON.parse has no other way to say that the text is none; the caller makes a problem of it.
    return null
  }
}

function isWatermark(value: unknown): value is Watermark {
  if (!isRecord(value) || value['version'] !== 1) return false
  const { way, state, containers, readsDeletedObjects, binding } = value
  return isWay(way) && isState(state) && typeof containers === 'string' && typeof readsDeletedObjects === 'boolean' && isBinding(binding)
}

function isWay(value: unknown): value is Watermark['way'] {
  if (!isRecord(value)) return false
  const { kind, mode, cookie } = value
  return kind === 'updateSequence' || (kind === 'dirSync' && (mode === 'everything' || mode === 'whatIsVisible') && typeof cookie === 'string')
}

function isState(value: unknown): value is ServerState {
  if (!isRecord(value) || !isRecord(value['server'])) return false
  const { usn, time, server } = value
  return typeof usn === 'string' && /^\d{1,19}$/.test(usn) && typeof time === 'number' && [server['controller'], server['invocationId'], server['dsServiceName']].every(isText)
}

function isBinding(value: unknown): value is WatermarkBinding {
  if (!isRecord(value)) return false
  const { domainSid, attributes, managedOus } = value
  return isText(domainSid) && [attributes, managedOus].every((texts) => Array.isArray(texts) && texts.every(isText))
}

const isText = (value: unknown): value is string => typeof value === 'string'

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
