import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { childDn, dnKey } from '../../../shared/domain/dn.ts'
import { describeInSddl } from '../../../shared/domain/grant.ts'
import type { Grant } from '../../../shared/domain/grant.ts'
import { parseSid } from '../../../shared/domain/ids.ts'
import type { Dn, Sid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { RemedyPlan, RemedyWrite } from '../../../shared/domain/readiness.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { DirectoryInspector } from '../../connectors/readinessPorts.ts'
import type { DomainSettings } from '../domain/domainWorld.ts'
import { findMissingOnServices, type ApplicationService } from '../domain/serviceRights.ts'
import { findMissing, findMissingRights } from '../rights/missingRights.ts'
import { deletedObjectsRight, passwordSettingsRight } from '../rights/neededRights.ts'
import type { NeededRight } from '../rights/neededRights.ts'
import { findMissingToBringBack } from '../rights/rightsToBringBack.ts'

/** What is to be written, as people read it (`plan`) and as it goes over the wire (`steps`). */
export type Remedy = { readonly plan: RemedyPlan; readonly steps: readonly RemedyStep[] }
export type RemedyStep =
  | { readonly kind: 'organizationalUnit'; readonly dn: Dn }
  | { readonly kind: 'ownership'; readonly dn: Dn; readonly owner: Sid }
  | { readonly kind: 'rights'; readonly dn: Dn; readonly trustee: Sid; readonly grants: readonly Grant[] }

/** Checks whose remedy LDAP can carry out. User rights of the controllers' policy are not among them. */
export const appliedRemedies = ['directory-guest-ou', 'directory-leaver-ou', 'directory-rights', 'directory-deletions', 'directory-reanimation', 'directory-password-policy', 'resource-rights'] as const
export type AppliedRemedy = (typeof appliedRemedies)[number]

/** The domain that a remedy is for; `services` are asked for in that of the applications only. */
export type RemedyPlace = { readonly inspector: DirectoryInspector; readonly settings: DomainSettings; readonly services: (signal: AbortSignal) => Promise<readonly ApplicationService[]> }

/** From what the directory says now; the same again gives the same hash, so an approval holds for what was shown. */
export async function planRemedy(id: AppliedRemedy, place: RemedyPlace, signal: AbortSignal): Promise<Result<Remedy, Problem>> {
  const signedIn = await place.inspector.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { domainDn, domainSid } = signedIn.value
  const steps = await findSteps(id, place, domainDn, signal)
  if (!steps.ok) return steps
  const writes = steps.value.map(describeStep)
  const hash = createHash('sha256').update(canonicalJson({ id, domainSid, writes })).digest('hex')
  return succeed({ plan: { id, domain: domainDn, writes, hash }, steps: steps.value })
}

async function findSteps(id: AppliedRemedy, { inspector, settings, services }: RemedyPlace, domainDn: Dn, signal: AbortSignal): Promise<Result<readonly PlannedStep[], Problem>> {
  switch (id) {
    case 'directory-guest-ou': return findMissingOu(inspector, settings.guestOu, signal)
    case 'directory-leaver-ou': return settings.leaverOu === null ? succeed([]) : findMissingOu(inspector, settings.leaverOu, signal)
    case 'directory-rights': return withRights(await findMissingRights(inspector, settings, signal))
    case 'directory-deletions': return findMissingOnDeletedObjects(inspector, domainDn, signal)
    case 'directory-reanimation': return withRights(await findMissingToBringBack(inspector, settings, domainDn, signal))
    case 'directory-password-policy': return findMissingOnPolicies(inspector, settings.guestOu, domainDn, signal)
    case 'resource-rights': return withRights(await findMissingOnServices(inspector, await services(signal), signal))
  }
}

type PlannedStep = Exclude<RemedyStep, { readonly kind: 'rights' }> | (Extract<RemedyStep, { readonly kind: 'rights' }> & { readonly words: readonly string[] })

async function findMissingOu(inspector: DirectoryInspector, dn: Dn, signal: AbortSignal): Promise<Result<readonly PlannedStep[], Problem>> {
  const there = await inspector.readSecurity(dn, signal)
  if (!there.ok) return there
  return succeed(there.value === null ? [{ kind: 'organizationalUnit', dn }] : [])
}

/** The container belongs to the system. Whether the right is there our account cannot see: an entry that stands there already is not written twice. */
async function findMissingOnDeletedObjects(inspector: DirectoryInspector, domainDn: Dn, signal: AbortSignal): Promise<Result<readonly PlannedStep[], Problem>> {
  const account = await inspector.readOwnAccount(signal)
  if (!account.ok) return account
  const container = childDn('CN', 'Deleted Objects', domainDn)
  const rights = withRights(succeed({ account: account.value, missing: [deletedObjectsRight(container)] }))
  return rights.ok ? succeed([{ kind: 'ownership', dn: container, owner: administrators() }, ...rights.value]) : rights
}

/** What a policy asks for is for its administrators to change; that our account can read it, once one holds that it cannot, is the remedy. */
async function findMissingOnPolicies(inspector: DirectoryInspector, guestOu: Dn, domainDn: Dn, signal: AbortSignal): Promise<Result<readonly PlannedStep[], Problem>> {
  const policies = await inspector.readFinerPolicies(guestOu, signal)
  if (!policies.ok) return policies
  return policies.value.some(({ demands }) => demands.kind === 'notRead') ? withRights(await findMissing(inspector, [passwordSettingsRight(domainDn)], signal)) : succeed([])
}

function withRights(found: Result<{ readonly account: { readonly sid: Sid }; readonly missing: readonly NeededRight[] }, Problem>): Result<readonly PlannedStep[], Problem> {
  if (!found.ok) return found
  const { account, missing } = found.value
  const places = new Map<string, NeededRight[]>()
  for (const right of missing) places.set(dnKey(right.where), [...(places.get(dnKey(right.where)) ?? []), right])
  return succeed([...places.values()].flatMap((rights): readonly PlannedStep[] => {
    const [first] = rights
    return first === undefined ? [] : [{ kind: 'rights', dn: first.where, trustee: account.sid, grants: rights.map(({ grant }) => grant), words: rights.map(({ words }) => words) }]
  }))
}

function describeStep(step: PlannedStep): RemedyWrite {
  if (step.kind !== 'rights') return step
  const { dn, trustee, grants, words } = step
  return { kind: 'rights', dn, trustee, entries: grants.map((grant, index) => ({ sddl: describeInSddl(grant, trustee), words: words[index] ?? '' })) }
}

/** BUILTIN\Administrators (MS-DTYP 2.4.2.4). */
function administrators(): Sid {
  const sid = parseSid('S-1-5-32-544')
  if (!sid.ok) throw new Error(`No SID: ${sid.problem.text}`)
  return sid.value
}

export function isAppliedRemedy(id: string): id is AppliedRemedy {
  return appliedRemedies.some((known) => known === id)
}

export function notApplicable(id: string): Problem {
  return { kind: 'usage', message: `The remedy of "${id}" cannot be carried out from here.`, remedy: `From here can be mended: ${appliedRemedies.join(', ')}. For others see "guestbridge doctor script ${id}".` }
}

export function changedSinceShown(id: string): Result<never, Problem> {
  return fail({ kind: 'approvalMismatch', message: `What would be written for "${id}" is not what was approved: the directory has changed since, or the hash is of another plan.`, remedy: 'Look at it again, and approve the hash that is shown then.' })
}
