import type { Change } from '../../../shared/domain/change.ts'
import { dnKey } from '../../../shared/domain/dn.ts'
import type { DomainName } from '../../../shared/domain/connectorObject.ts'
import type { OutboundDecision } from '../../../shared/domain/decision.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { ForestAnswer } from '../../connectors/connector.ts'
import { nameLookups, planNames } from '../../engine/planNames.ts'
import { writeNameAnswers } from '../directoryAnswers.ts'
import { cancelledProblem, giveWay } from '../runContext.ts'
import type { NameQuestions } from './nameQuestions.ts'
import type { OutboundBasis } from './outboundInputs.ts'
import { completeCreates, storeDecisions, type NameClaims } from './outboundPass.ts'
import { inBatches, type SynchronizationPass } from './pass.ts'

/** Last pass: the names of all accounts that get one, planned together against the plan, the domain and the forest. */
export async function namesPass(pass: SynchronizationPass, basis: OutboundBasis, claims: NameClaims, questions: NameQuestions): Promise<Result<null, Problem>> {
  const forest = await askAboutForest(claims, questions)
  if (!forest.ok) return forest
  const planned = await planAll(pass, claims, questions, forest.value)
  if (!planned.ok) return planned
  const { decisions, accountNames } = planned.value
  await writeNameAnswers(pass.store, { run: pass.run.id, forest: Object.fromEntries(forest.value), accountNames: Object.fromEntries(accountNames) })
  for (const batch of inBatches(decisions)) {
    if (pass.signal.aborted) return fail(cancelledProblem)
    const whole = await completeCreates(pass, basis, batch)
    await storeDecisions(pass, whole.map((decision) => noteUnchecked(decision, forest.value)))
    await giveWay()
  }
  return succeed(null)
}

type Forest = ReadonlyMap<string, ForestAnswer>
type Planned = { readonly decisions: readonly OutboundDecision[]; readonly accountNames: ReadonlyMap<string, DomainName | null> }

async function planAll(pass: SynchronizationPass, claims: NameClaims, questions: NameQuestions, forest: Forest): Promise<Result<Planned, Problem>> {
  const taken = new Map<string, DomainName>()
  const lookedUp = new Set<string>()
  const accountNames = new Map<string, DomainName | null>()
  const takenDns = await findTakenDns(pass, claims)
  const takenUserPrincipalNames = await findTakenUserPrincipalNames(pass, claims, forest)
  let wanted = nameLookups(claims.requests)
  for (;;) {
    if (pass.signal.aborted) return fail(cancelledProblem)
    const now = await questions.findInDomain(wanted)
    if (!now.ok) return now
    for (const [name, owner] of await pass.store.findNames(wanted)) taken.set(name, owner)
    for (const [name, owner] of now.value) {
      accountNames.set(name, owner)
      if (owner !== null) taken.set(name, owner)
    }
    for (const name of wanted) lookedUp.add(name.toLowerCase())
    const result = planNames(pass.settings, { ...claims, takenAccountNames: taken, lookedUpAccountNames: lookedUp, takenDns, takenUserPrincipalNames })
    if (!('needs' in result)) return succeed({ decisions: result.decisions, accountNames })
    wanted = result.needs
  }
}

async function findTakenDns(pass: SynchronizationPass, { requests, changes }: NameClaims): Promise<ReadonlyMap<string, string>> {
  const taken = new Map<string, string>()
  const wanted = [...requests.map(({ change }) => change.dn), ...changes.flatMap(({ newDn }) => newDn ?? [])]
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

async function askAboutForest(claims: NameClaims, questions: NameQuestions): Promise<Result<Forest, Problem>> {
  const answers = new Map<string, ForestAnswer>()
  for (const batch of inBatches(wantedUserPrincipalNames(claims))) {
    const found = await questions.findInForest(batch)
    if (!found.ok) return found
    for (const [name, answer] of found.value) answers.set(name, answer)
  }
  return succeed(answers)
}

/** Who approves the account sees that its name may be taken elsewhere in the forest (sync-semantics 18). */
function noteUnchecked(decision: OutboundDecision, forest: Forest): OutboundDecision {
  if (decision.kind !== 'change' || decision.change.kind !== 'create') return decision
  const answer = forest.get(userPrincipalNameOf(decision.change))
  if (answer?.kind !== 'notChecked') return decision
  return { ...decision, change: { ...decision.change, notChecked: [{ what: 'userPrincipalNameInForest', why: answer.why }] } }
}

function wantedUserPrincipalNames({ requests, changes }: NameClaims): readonly string[] {
  const names = [...requests.map(({ change }) => change), ...changes].map(userPrincipalNameOf)
  return [...new Set(names.filter((name) => name !== ''))]
}

/** In lower case; empty where the change sets none. */
function userPrincipalNameOf({ attributes }: Pick<Change, 'attributes'>): string {
  return String(attributes.find(({ name }) => name.toLowerCase() === 'userprincipalname')?.after[0] ?? '').toLowerCase()
}
