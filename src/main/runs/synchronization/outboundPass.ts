import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { OutboundDecision } from '../../../shared/domain/decision.ts'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { CreateRequest } from '../../engine/contract.ts'
import { decideOutbound } from '../../engine/decideOutbound.ts'
import type { AwaitingConfirmation, PendingExport, StoredSkip } from '../../store/store.ts'
import { hashChange } from '../planHash.ts'
import { cancelledProblem, giveWay } from '../runContext.ts'
import type { AccountsSeen } from './joinAccountsPass.ts'
import { batchSize, connectorKey, gatherLinked, isSameObject, recompute, type SynchronizationPass } from './pass.ts'

export type OutboundOptions = {
  readonly accounts: AccountsSeen
  readonly hasCompleteDirectoryImport: boolean
  readonly awaiting: ReadonlyMap<string, AwaitingConfirmation>
}

/** Third pass: every person, its account as it should be, and what is to be done about it. Creates wait for their names. */
export async function outboundPass(pass: SynchronizationPass, options: OutboundOptions): Promise<Result<readonly CreateRequest[], Problem>> {
  const { context, run } = pass
  const total = await context.store.countMetaverse()
  const creates: CreateRequest[] = []
  let after: string | null = null
  let done = 0
  for (;;) {
    if (context.signal.aborted) return fail(cancelledProblem)
    const persons: readonly MetaverseObject[] = await context.store.metaverseBatch(after, batchSize)
    const last = persons.at(-1)
    if (last === undefined) return succeed(creates)
    const { decisions, requests } = await decideBatch(pass, persons, options)
    creates.push(...requests)
    await storeDecisions(pass, decisions)
    after = last.id
    done += persons.length
    run.progress('deciding about accounts', done, total)
    await giveWay()
  }
}

export async function storeDecisions(pass: SynchronizationPass, decisions: readonly OutboundDecision[]): Promise<void> {
  const exports: PendingExport[] = []
  const skips: StoredSkip[] = []
  for (const decision of decisions) {
    countDecision(pass, decision)
    if (decision.kind === 'change') exports.push({ run: pass.run.id, change: decision.change, hash: hashChange(decision.change) })
    else skips.push({ metaverseId: decision.metaverseId, reason: decision.reason })
  }
  const problems = decisions.flatMap((decision) => (decision.kind === 'skip' && decision.reason.kind === 'problem' ? [decision.reason.problem] : []))
  await pass.run.addProblems(problems)
  await pass.context.store.addPending(pass.run.id, exports, skips)
}

type Batch = { readonly decisions: readonly OutboundDecision[]; readonly requests: readonly CreateRequest[] }

async function decideBatch(pass: SynchronizationPass, persons: readonly MetaverseObject[], options: OutboundOptions): Promise<Batch> {
  const { store } = pass.context
  const linked = await gatherLinked(store, [...persons.flatMap((person) => person.links), ...persons.flatMap(originOf)])
  const upserts: MetaverseObject[] = []
  const deletes: string[] = []
  const decisions: OutboundDecision[] = []
  const requests: CreateRequest[] = []
  for (const person of persons) {
    const { object: now, problems, failedAttributes } = recompute(pass.settings, person, person.links, linked)
    pass.run.count('flowErrors', problems.length)
    await pass.run.addProblems(problems)
    if (now.links.length === 0) {
      deletes.push(person.id)
      continue
    }
    if (!isSameObject(person, now)) upserts.push(now)
    const { decision } = decideOutbound(pass.settings, { ...inputFor(now, linked, options), failedAttributes })
    if (decision.kind === 'create') requests.push(decision.request)
    else decisions.push(decision)
  }
  pass.run.count('metaverseObjectDeletes', deletes.length)
  await store.writeMetaverse(pass.run.id, { upserts, deletes, links: [], disconnectors: [] })
  return { decisions, requests }
}

function inputFor(person: MetaverseObject, linked: ReadonlyMap<string, ConnectorObject>, options: OutboundOptions): Parameters<typeof decideOutbound>[1] {
  const objectOf = (connector: 'entra' | 'ad') => {
    const link = person.links.find((candidate) => candidate.connector === connector)
    return link === undefined ? null : (linked.get(connectorKey(link)) ?? null)
  }
  const awaiting = options.awaiting.get(person.id)
  return {
    person,
    // A guest who left the scope is not linked any more, but is still there to be told apart from one who is gone.
    guest: objectOf('entra') ?? originOf(person).map((origin) => linked.get(connectorKey(origin))).find((object) => object !== undefined) ?? null,
    account: objectOf('ad'),
    hasCompleteDirectoryImport: options.hasCompleteDirectoryImport,
    awaitingConfirmation: awaiting === undefined ? null : { run: awaiting.run },
    undecidedAccount: options.accounts.undecided.get(person.id)?.dn ?? null,
  }
}

/** The guest from whom the person was projected: the metaverse id says it. */
function originOf({ id }: MetaverseObject): readonly { readonly connector: 'entra'; readonly anchor: string }[] {
  return id.startsWith('entra:') ? [{ connector: 'entra', anchor: id.slice('entra:'.length) }] : []
}

function countDecision({ run }: SynchronizationPass, decision: OutboundDecision): void {
  if (decision.kind === 'skip') {
    if (decision.reason.kind === 'leaver') run.count('leavers')
    return
  }
  const { kind } = decision.change
  if (kind === 'create') run.count('provisioningAdds')
  else if (kind === 'adopt') run.count('provisioningAdopts')
  else if (kind === 'rename' || kind === 'move') run.count('provisioningRenames')
  else run.count('exportAttributeFlow')
}
