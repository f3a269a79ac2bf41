import type { GuestRow } from '../../../../shared/domain/guestRow.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { renderCsvRecord } from '../../../../shared/domain/csvRecord.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { Client } from '../../app/client.ts'
import type { ViewRequest } from '../../app/useView.ts'

/** Names and order stay as they are, because people build their sheets on them. */
const columns = ['id', 'displayName', 'company', 'state', 'why', 'userPrincipalName', 'mail', 'account'] as const satisfies readonly (keyof GuestRow)[]

const pageSize = 500

export type ExportedTable = { readonly text: string; readonly rows: number }

/** All guests that the request leaves, in its order, as one table. They come in pages of a view of their own. */
export async function exportGuests(client: Client, request: ViewRequest): Promise<Result<ExportedTable, Problem>> {
  const opened = await client.call('views.open', { list: 'guests', ...request })
  if (!opened.ok) return opened
  const { view, total } = opened.value
  const lines = [renderCsvRecord(columns)]
  for (let offset = 0; offset < total; offset += pageSize) {
    const page = await client.call('views.rows', { view, offset, limit: pageSize })
    // A run that ends meanwhile takes the view away: half a table is none.
    if (!page.ok) return fail(page.problem)
    // The service answers rows of the list that was opened.
    for (const row of page.value as readonly GuestRow[]) lines.push(renderCsvRecord(columns.map((name) => row[name] ?? '')))
  }
  const closed = await client.call('views.close', { view })
  // A byte order mark: without it a spreadsheet takes the names for the code page of its system.
  return closed.ok ? succeed({ text: `\ufeff${lines.join('')}`, rows: total }) : fail(closed.problem)
}
