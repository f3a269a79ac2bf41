import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createDelegationWriter } from '../../../src/main/connectors/ad/delegation/delegationWriter.ts'
import type { DelegationWriter } from '../../../src/main/connectors/delegationPorts.ts'
import type { DelegationExportContext, DelegationTarget } from '../../../src/main/kcd/planning/delegationExport.ts'
import { makeDelegationPlan } from '../../../src/main/kcd/planning/makeDelegationPlan.ts'
import { planIntents } from '../../../src/main/kcd/rules/planning/planIntents.ts'
import { openStoreWriter } from '../../../src/main/store/sqlite/openStore.ts'
import type { StoreWriter } from '../../../src/main/store/store.ts'
import type { DelegationIntent, PrincipalFacts } from '../../../src/shared/domain/delegation.ts'
import type { DelegationPlan } from '../../../src/shared/domain/delegationPlan.ts'
import { spnKey } from '../../../src/shared/domain/spn.ts'
import { connectionTo, valueOf, type DirectoryUnderTest } from '../../contract/directoryUnderTest.ts'
import { facts } from '../rules/planning/world.ts'

export const workspaceId = '0b7d3c5e-7f2a-4b7c-9b1e-1c7a2f3d4e5f'
export const noon = '2026-03-01T12:00:00.000Z'

/** A plan over accounts that were read from a real directory. */
export function planOver(accounts: readonly PrincipalFacts[], intents: readonly DelegationIntent[]): DelegationPlan {
  const spns = intents.flatMap((intent) => ('spn' in intent ? [intent.spn] : []))
  const read = facts({ owners: Object.fromEntries(spns.map((spn) => [spn, accounts.filter(({ servicePrincipalNames }) => servicePrincipalNames.some((name) => spnKey(name) === spnKey(spn)))])) })
  const { changes, refused, domainSid } = planIntents(read, intents, accounts)
  if (refused.length > 0) throw new Error(JSON.stringify(refused))
  return makeDelegationPlan({ format: 'guestbridge-delegation-plan', version: 1, workspace: workspaceId, domainSid: domainSid ?? '', readAt: noon, purpose: { kind: 'intents', intents } }, changes)
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guestbridge-delegation-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function openStore(folder: string): Promise<StoreWriter> {
  const store = valueOf(await openStoreWriter(folder, { metaverseIndex: [] }))
  onTestFinished(() => store.close())
  return store
}

export function contextOf(store: StoreWriter, signal: AbortSignal = new AbortController().signal): DelegationExportContext {
  return { store, now: () => noon, signal, report: () => undefined }
}

/** `change` stands between us and the real writer: somebody else at work, or a connection that goes away. */
export async function openTarget(directory: DirectoryUnderTest, who: 'delegation' | 'unprivileged' | 'sync' = 'delegation', change: (writer: DelegationWriter) => Partial<DelegationWriter> = () => ({})): Promise<DelegationTarget> {
  const real = createDelegationWriter(connectionTo(directory, directory[who]))
  onTestFinished(() => real.close())
  return { ...valueOf(await real.identify(AbortSignal.timeout(30_000))), writer: { ...real, ...change(real) } }
}
