import { dnKey } from '../../../shared/domain/dn.ts'
import type { DomainName } from '../../../shared/domain/connectorObject.ts'
import type { OutboundDecision } from '../../../shared/domain/decision.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { NameOutcome, NameWish, WishesResult } from '../../engine/contract.ts'
import { giveNames, wishedAccountNames } from '../../engine/giveNames.ts'
import { withAccountName } from '../../engine/planNames.ts'
import { writeNameAnswers } from '../directoryAnswers.ts'
import { cancelledProblem, giveWay } from '../runContext.ts'
import { askAboutForest, noteUnchecked, userPrincipalNameOf, type Forest } from './forestNames.ts'
import type { NameQuestions } from './nameQuestions.ts'
import type { OutboundBasis } from './outboundInputs.ts'
import { decideAgain, storeDecisions, type NameClaims } from './outboundPass.ts'
import { inBatches, type SynchronizationPass } from './pass.ts'

/** Last pass: the names of all accounts that get one, planned together against the plan, the domain and the forest. */
export async function namesPass(pass: SynchronizationPass, basis: OutboundBasis, claims: NameClaims, questions: NameQuestions): Promise<Result<null, Problem>> {
  const ofChanges = await askAboutForest(questions, claims.changes)
  if (!ofChanges.ok) return ofChanges
  const forest: Forest = new Map([...claims.forest, ...ofChanges.value])
  const planned = await planAll(pass, claims, questions, forest)
  if (!planned.ok) return planned
  const { decisions, outcomes, accountNames } = planned.value
  await writeNameAnswers(pass.store, { run: pass.run.id, forest: Object.fromEntries(forest), accountNames: Object.fromEntries(accountNames) })
  for (const batch of inBatches(decisions)) await storeDecisions(pass, batch)
  for (const wishes of inBatches(claims.wishes)) {
    if (pass.signal.aborted) return fail(cancelledProblem)
    await settleCreates(pass, basis, wishes, outcomes, forest)
    await giveWay()
  }
  return succeed(null)
}

/** New accounts wait in the plan under the names that they wished for; those that do not get them are decided about again. */
async function settleCreates(
  pass: SynchronizationPass, basis: OutboundBasis, wishes: readonly NameWish[], outcomes: ReadonlyMap<string, NameOutcome>, forest: Forest,
): Promise<void> {
  const others = new Map<string, NameOutcome>()
  for (const { metaverseId, accountName } of wishes) {
    const outcome = outcomes.get(metaverseId)
    if (outcome === undefined) throw new Error(`The account of ${metaverseId} wished for a name and got no answer`)
    if (outcome.kind === 'given' && outcome.accountName === accountName) pass.run.countObject({ counter: 'provisioningAdds', connector: 'metaverse', id: metaverseId })
    else others.set(metaverseId, outcome)
  }
  if (others.size > 0) await pass.store.withdrawPending(pass.run.id, [...others.keys()])
  await storeDecisions(pass, await decideByOutcome(pass, basis, others, forest))
}

async function decideByOutcome(pass: SynchronizationPass, basis: OutboundBasis, outcomes: ReadonlyMap<string, NameOutcome>, forest: Forest): Promise<readonly OutboundDecision[]> {
  const whole = await decideAgain(pass, basis, [...outcomes].flatMap(([id, { kind }]) => (kind === 'given' ? [id] : [])))
  return [...outcomes].map(([metaverseId, outcome]) => {
    if (outcome.kind === 'refused') return { kind: 'skip', metaverseId, reason: outcome.reason }
    const change = whole.get(metaverseId)
    if (change === undefined) throw new Error(`The account of ${metaverseId} was decided about twice, with two results`)
    return { kind: 'change', change: noteUnchecked(withAccountName(change, outcome.accountName), forest) }
  })
}

type Planned = WishesResult & { readonly accountNames: ReadonlyMap<string, DomainName | null> }

async function planAll(pass: SynchronizationPass, claims: NameClaims, questions: NameQuestions, forest: Forest): Promise<Result<Planned, Problem>> {
  const taken = new Map<string, DomainName>()
  const lookedUp = new Set<string>()
  const accountNames = new Map<string, DomainName | null>()
  const takenDns = await findTakenDns(pass, claims)
  const takenUserPrincipalNames = await findTakenUserPrincipalNames(pass, claims, forest)
  let wanted = wishedAccountNames(claims.wishes)
  for (;;) {
    if (pass.signal.aborted) return fail(cancelledProblem)
    const now = await questions.findInDomain(wanted)
    if (!now.ok) return now
    for (const batch of inBatches(wanted)) {
      for (const [name, owner] of await pass.store.findNames(batch)) taken.set(name, owner)
    }
    for (const [name, owner] of now.value) {
      accountNames.set(name, owner)
      if (owner !== null) taken.set(name, owner)
    }
    for (const name of wanted) lookedUp.add(name.toLowerCase())
    const { wishes, changes } = claims
    const result = giveNames({ wishes, changes, takenAccountNames: taken, lookedUpAccountNames: lookedUp, takenDns, takenUserPrincipalNames })
    if (!('needs' in result)) return succeed({ ...result, accountNames })
    wanted = result.needs
  }
}

async function findTakenDns(pass: SynchronizationPass, { wishes, changes }: NameClaims): Promise<ReadonlyMap<string, string>> {
  const taken = new Map<string, string>()
  const wanted = [...wishes.map(({ dn }) => dn), ...changes.flatMap(({ newDn }) => newDn ?? [])]
  for (const batch of inBatches(wanted)) {
    const rows = await pass.store.findByDn(batch.map(dnKey))
    for (const [key, { object }] of rows) taken.set(key, object.dn ?? object.anchor)
  }
  return taken
}

/** The imported OUs know more than a catalog that replicates late, so their word comes first. */
async function findTakenUserPrincipalNames(pass: SynchronizationPass, claims: NameClaims, forest: Forest): Promise<ReadonlyMap<string, string>> {
  const taken = new Map<string, string>()
  for (const [name, answer] of forest) {
    if (answer.kind === 'taken') taken.set(name, answer.by)
  }
  for (const batch of inBatches(wantedUserPrincipalNames(claims))) {
    const rows = await pass.store.findByUserPrincipalName('ad', batch)
    for (const [name, { object }] of rows) taken.set(name, object.dn ?? object.anchor)
  }
  return taken
}

function wantedUserPrincipalNames({ wishes, changes }: NameClaims): readonly string[] {
  const names = [...wishes.map(({ userPrincipalName }) => userPrincipalName.toLowerCase()), ...changes.map(userPrincipalNameOf)]
  return [...new Set(names.filter((name) => name !== ''))]
}
