import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { Basis } from './basis.ts'
import { joinAccountsPass } from './joinAccountsPass.ts'
import type { NameQuestions } from './nameQuestions.ts'
import { namesPass } from './namesPass.ts'
import { readOutboundBasis } from './outboundInputs.ts'
import { outboundPass } from './outboundPass.ts'
import type { SynchronizationPass } from './pass.ts'
import { projectGuests } from './projectGuests.ts'
import { releaseGone } from './releaseGone.ts'
import { findTouched, guestsToProject, personBatches, type Extent } from './touched.ts'

export type SynchronizationPlan = {
  readonly extent: Extent
  readonly basis: Pick<Basis, 'isDirectoryComplete' | 'isAbsenceProved' | 'answers'>
  readonly questions: NameQuestions
  /** Called once it is known whose pending exports this synchronisation replaces. */
  readonly beginPending: (touched: ReadonlySet<string>) => Promise<void>
}

/** The four passes over everybody or over what changed. The same code makes a plan, a replay and a comparison of rule sets. */
export async function synchronizePersons(pass: SynchronizationPass, { extent, basis, questions, beginPending }: SynchronizationPlan): Promise<Result<null, Problem>> {
  const { store, settings } = pass
  const released = await releaseGone(pass)
  const isProjecting = settings.rules.inbound.some((rule) => rule.connector === 'entra' && rule.create)
  const met = new Set<string>()
  // Of everybody nobody asks who was met.
  const meet = extent.kind === 'everything' ? () => undefined : (id: string) => void met.add(id)
  const total = extent.kind === 'everything' ? await store.countConnectorObjects('entra') : null
  const projected = isProjecting ? await projectGuests(pass, 'entra', guestsToProject(store, extent), total, meet) : succeed(null)
  if (!projected.ok) return projected
  const accounts = await joinAccountsPass(pass, 'ad')
  if (!accounts.ok) return accounts
  const { undecided, relinked } = accounts.value

  const touched = new Set(extent.kind === 'everything' ? [] : [...released, ...met, ...relinked, ...undecided.keys(), ...(await findTouched(extent, settings.now))])
  await beginPending(touched)
  const persons = extent.kind === 'everything' ? await store.countMetaverse() : touched.size
  const outbound = await readOutboundBasis(store, basis, undecided)
  const claims = await outboundPass(pass, outbound, questions, personBatches(store, extent, touched), persons)
  if (!claims.ok) return claims
  return namesPass(pass, outbound, claims.value, questions)
}
