import { dnKey } from '../../../shared/domain/dn.ts'
import type { DomainName } from '../../../shared/domain/connectorObject.ts'
import type { OutboundDecision } from '../../../shared/domain/decision.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { ForestAnswer } from '../../connectors/connector.ts'
import type { CreateRequest } from '../../engine/contract.ts'
import { nameLookups, planNames } from '../../engine/planNames.ts'
import { writeNameAnswers } from '../directoryAnswers.ts'
import { cancelledProblem } from '../runContext.ts'
import type { NameQuestions } from './nameQuestions.ts'
import { storeDecisions } from './outboundPass.ts'
import { inBatches, type SynchronizationPass } from './pass.ts'

/** Last pass: the names of all new accounts, planned together against the plan, the domain and the forest. */
export async function namesPass(pass: SynchronizationPass, requests: readonly CreateRequest[], questions: NameQuestions): Promise<Result<null, Problem>> {
  const forest = await askAboutForest(requests, questions)
  if (!forest.ok) return forest
  const planned = await planAll(pass, requests, questions, forest.value)
  if (!planned.ok) return planned
  const { decisions, accountNames } = planned.value
  await writeNameAnswers(pass.store, { run: pass.run.id, forest: Object.fromEntries(forest.value), accountNames: Object.fromEntries(accountNames) })
  for (const batch of inBatches(decisions)) await storeDecisions(pass, batch.map((decision) => noteUnchecked(decision, forest.value)))
  return succeed(null)
}

type Forest = ReadonlyMap<string, ForestAnswer>
type Planned = { readonly decisions: readonly OutboundDecision[]; readonly accountNames: ReadonlyMap<string, DomainName | null> }

async function planAll(pass: SynchronizationPass, requests: readonly CreateRequest[], questions: NameQuestions, forest: Forest): Promise<Result<Planned, Problem>> {
  const taken = new Map<string, DomainName>()
  const lookedUp = new Set<string>()
  const accountNames = new Map<string, DomainName | null>()
  const takenDns = await findTakenDns(pass, requests)
  const takenUserPrincipalNames = await findTakenUserPrincipalNames(pass, requests, forest)
  let wanted = nameLookups(requests)
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
    const result = planNames(pass.settings, { requests, takenAccountNames: taken, lookedUpAccountNames: lookedUp, takenDns, takenUserPrincipalNames })
    if (!('needs' in result)) return succeed({ decisions: result.decisions, accountNames })
    wanted = result.needs
  }
}

async function findTakenDns(pass: SynchronizationPass, requests: readonly CreateRequest[]): Promise<ReadonlyMap<string, string>> {
  const taken = new Map<string, string>()
  for (const batch of inBatches(requests)) {
    const rows = await pass.store.findByDn(batch.map(({ change }) => dnKey(change.dn)))
    for (const [key, { object }] of rows) taken.set(key, object.dn ?? object.anchor)
  }
  return taken
}

/** The imported OUs know more than a catalog that replicates late, so their word comes first. */
async function findTakenUserPrincipalNames(pass: SynchronizationPass, requests: readonly CreateRequest[], forest: Forest): Promise<ReadonlyMap<string, string>> {
  const taken = new Map<string, string>()
  for (const [name, answer] of forest) {
    if (answer.kind === 'taken') taken.set(name, answer.by)
  }
  for (const batch of inBatches(requests)) {
    const rows = await pass.store.findByUserPrincipalName('ad', batch.map(userPrincipalNameOf))
    for (const [name, { object }] of rows) taken.set(name, object.dn ?? object.anchor)
  }
  return taken
}

async function askAboutForest(requests: readonly CreateRequest[], questions: NameQuestions): Promise<Result<Forest, Problem>> {
  const answers = new Map<string, ForestAnswer>()
  for (const batch of inBatches(requests)) {
    const found = await questions.findInForest(batch.map(userPrincipalNameOf))
    if (!found.ok) return found
    for (const [name, answer] of found.value) answers.set(name, answer)
  }
  return succeed(answers)
}

/** Who approves the account sees that its name may be taken elsewhere in the forest (sync-semantics 18). */
function noteUnchecked(decision: OutboundDecision, forest: Forest): OutboundDecision {
  if (decision.kind !== 'change' || decision.change.kind !== 'create') return decision
  const answer = forest.get(userPrincipalNameOf({ change: decision.change }))
  if (answer?.kind !== 'notChecked') return decision
  return { ...decision, change: { ...decision.change, notChecked: [{ what: 'userPrincipalNameInForest', why: answer.why }] } }
}

function userPrincipalNameOf({ change }: Pick<CreateRequest, 'change'>): string {
  return String(change.attributes.find(({ name }) => name === 'userPrincipalName')?.after[0] ?? '').toLowerCase()
}
