import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { isRecord, parseJson } from './parseJson.ts'
import { isOnGraph } from './usersPage.ts'

/** What a delta token was made for. Tokens encode their query, so another one needs a new round. */
export type WatermarkBinding = {
  readonly tenant: string
  readonly filter: string
  /** Lower-case names, sorted. */
  readonly selected: readonly string[]
  /** Object id of the group that is the scope; null: the tenant. */
  readonly group: string | null
}

export type DeltaWatermark = {
  readonly deltaLink: string
  /** Ids of the users whom the last import had in the group: who is missing now has left it. Empty where no group is the scope. */
  readonly members: readonly string[]
}

type WatermarkText = WatermarkBinding & { readonly version: 1; readonly deltaLink: string; readonly members: string }

export function writeWatermark(binding: WatermarkBinding, watermark: DeltaWatermark): string {
  const content: WatermarkText = { version: 1, ...binding, deltaLink: watermark.deltaLink, members: packIds(watermark.members) }
  return JSON.stringify(content)
}

/** A watermark of another selection, filter, group, tenant or service is as good as none: `deltaExpired`. */
export function readWatermark(text: string, binding: WatermarkBinding, graphUrl: string): Result<DeltaWatermark, Problem> {
  const parsed = parseJson(text)
  if (!parsed.ok || !isWatermark(parsed.value)) return fail(expired('it is not one that this version wrote'))
  const { value } = parsed
  if (value.tenant !== binding.tenant) return fail(expired('it belongs to another tenant'))
  if (value.group !== binding.group) return fail(expired('another group was the scope then'))
  if (value.filter !== binding.filter) return fail(expired('another filter was in force then'))
  if (value.selected.join() !== binding.selected.join()) return fail(expired('other attributes were read then'))
  if (!isOnGraph(value.deltaLink, graphUrl)) return fail(expired('it leads to another service'))
  return succeed({ deltaLink: value.deltaLink, members: unpackIds(value.members) })
}

function isWatermark(value: unknown): value is WatermarkText {
  if (!isRecord(value) || value['version'] !== 1) return false
  const { tenant, filter, selected, group, deltaLink, members } = value
  return [tenant, filter, deltaLink, members].every((each) => typeof each === 'string')
    && (group === null || typeof group === 'string') && Array.isArray(selected) && selected.every((each) => typeof each === 'string')
}

/** Sixteen bytes an id instead of thirty-six characters: a large group's watermark stays below three megabytes. */
function packIds(ids: readonly string[]): string {
  return Buffer.from(ids.map((id) => id.replaceAll('-', '')).join(''), 'hex').toString('base64')
}

function unpackIds(packed: string): readonly string[] {
  const digits = Buffer.from(packed, 'base64').toString('hex').match(/.{32}/g) ?? []
  return digits.map((id) => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
}

function expired(why: string): Problem {
  return {
    kind: 'deltaExpired', message: `The place where the last import of Entra ended cannot be used: ${why}.`,
    remedy: 'Run a full import; delta imports go on from there.', detail: { why },
  }
}
