import type { Input } from '../../shared/api/contract.ts'
import type { DisconnectorRow, WindowOutputs } from '../../shared/api/windowCalls.ts'
import { textOf } from '../../shared/domain/attributes.ts'
import { describeDisconnector } from '../../shared/domain/describeReason.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { giveWay } from '../runs/runContext.ts'
import type { ConnectorRow } from '../store/store.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** So many objects are looked at before others get their turn. */
const batchSize = 500

/** What belongs to nobody: the list from which a person joins accounts by hand (MIM's Joiner). */
export async function listDisconnectors({ reader }: WorkspaceSession, { connector, after, limit }: Input<'disconnectors.page'>): Promise<Result<WindowOutputs['disconnectors.page'], Problem>> {
  const rows: DisconnectorRow[] = []
  for (let behind = after; ;) {
    const batch = await reader.connectorBatch(connector, behind, batchSize)
    for (const row of batch) {
      if (row.disconnector !== null) rows.push(rowOf(row, describeDisconnector(row.disconnector)))
      if (rows.length === limit) return succeed({ rows, next: row.object.anchor })
    }
    behind = batch.at(-1)?.object.anchor ?? null
    if (batch.length < batchSize) return succeed({ rows, next: null })
    await giveWay()
  }
}

function rowOf({ object }: ConnectorRow, why: string): DisconnectorRow {
  const { connector, anchor, dn, attributes } = object
  return { connector, anchor, dn, displayName: textOf(attributes, 'displayName'), userPrincipalName: textOf(attributes, 'userPrincipalName'), why }
}
