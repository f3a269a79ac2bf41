import type { Input } from '../../../../shared/api/contract.ts'
import type { DelegationIntent } from '../../../../shared/domain/delegation.ts'
import { navigate, refine, type Route } from '../../app/route.ts'

/** What somebody wants of delegation. It stands in the address, so a reload or a link has the same draft and the same plan. */
export type Wish = Input<'delegation.plan'>['intents'][number]
export type WishOfAccount = Extract<Wish, { account: string }>

const ofAccount = ['useAnyProtocol', 'useKerberosOnly', 'endUnconstrained', 'allowAes'] as const
const ofService = ['allowService', 'disallowService', 'registerService', 'unregisterService'] as const
const ofTrust = ['trustConnectors', 'endTrust'] as const
const ways = ['classic', 'resourceBased'] as const

/** What is no wish is left out: an address can be typed, and the service refuses what makes no sense. */
export function readWishes({ wish }: Route['parameters']): readonly Wish[] {
  const parsed = wish === undefined ? [] : parseJson(wish)
  return Array.isArray(parsed) ? parsed.flatMap((entry: unknown) => readWish(entry) ?? []) : []
}

export function writeWishes(wishes: readonly Wish[]): string | null {
  return wishes.length === 0 ? null : JSON.stringify(wishes)
}

/** A draft that is not shown as a plan yet. */
export function draftWishes(wishes: readonly Wish[]): void {
  refine({ wish: writeWishes(wishes), planned: null })
}

/** A step of the journey: back leads to where the wish was made. */
export function openPlan(parameters: Route['parameters'], wishes: readonly (Wish | DelegationIntent)[]): void {
  navigate('delegation', { ...parameters, wish: JSON.stringify(wishes), planned: 'yes', detail: 'open' })
}

export function isSameWish(left: Wish, right: Wish): boolean {
  return JSON.stringify(readWish(left)) === JSON.stringify(readWish(right))
}

function readWish(entry: unknown): Wish | null {
  if (typeof entry !== 'object' || entry === null) return null
  const fields: Readonly<Record<string, unknown>> = { ...entry }
  const { kind, account, spn, service, connectors, application, way } = fields
  const isOneOf = <Name extends string>(names: readonly Name[], name: unknown): name is Name => names.some((known) => known === name)
  if (isOneOf(ofService, kind) && typeof account === 'string' && typeof spn === 'string') return { kind, account, spn }
  if (isOneOf(ofAccount, kind) && typeof account === 'string') return { kind, account }
  if (isOneOf(ofTrust, kind) && typeof service === 'string' && isTexts(connectors)) return { kind, service, connectors }
  if (kind === 'makeApplicationWork' && typeof application === 'string' && isOneOf(ways, way)) return { kind, application, way }
  return null
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Somebody cut the address: there is no wish in it.
    return null
  }
}
