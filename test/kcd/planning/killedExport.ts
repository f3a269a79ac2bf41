import { text } from 'node:stream/consumers'
import { createDelegationWriter } from '../../../src/main/connectors/ad/delegation/delegationWriter.ts'
import { exportDelegation } from '../../../src/main/kcd/planning/exportDelegation.ts'
import { openStoreWriter } from '../../../src/main/store/sqlite/openStore.ts'
import type { DelegationPlan } from '../../../src/shared/domain/delegationPlan.ts'

/** A process that dies right behind a write to the directory, before it can say in its journal that it was done. */
type Request = {
  readonly folder: string; readonly plan: DelegationPlan; readonly killAt: string
  readonly connection: { readonly host: string; readonly port: number; readonly caPem: string; readonly account: string; readonly password: string }
}

const { folder, plan, killAt, connection } = JSON.parse(await text(process.stdin)) as Request
const { host, port, caPem, account, password } = connection
const store = await openStoreWriter(folder, { metaverseIndex: [] })
const writer = createDelegationWriter({ servers: [{ host, port }], security: 'ldaps', caPem, account, password, managedOus: [] })
const identity = await writer.identify(AbortSignal.timeout(30_000))
if (!store.ok || !identity.ok) throw new Error('The child could not begin')
const dying = {
  ...writer,
  writeValues: async (...values: Parameters<typeof writer.writeValues>) => {
    const written = await writer.writeValues(...values)
    if (values[1] === killAt) process.kill(process.pid, 'SIGKILL')
    return written
  },
}
await exportDelegation({ store: store.value, now: () => '2026-03-01T11:59:00.000Z', signal: new AbortController().signal, report: () => undefined }, plan, { writer: dying, ...identity.value })
throw new Error('The child was not killed')
