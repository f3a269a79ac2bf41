import type { Input, Outputs } from '../../shared/api/contract.ts'
import { changeKinds } from '../../shared/domain/change.ts'
import type { PlanHeader, PlanLine } from '../../shared/domain/plan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { csvHeader, renderCsv } from '../runs/csv.ts'
import { renderLdif } from '../runs/ldif.ts'
import { readPlanHeader } from '../runs/plan.ts'
import { noPlan } from './planHandlers.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

type Format = Input<'plan.render'>['format']

/** The plan as a file for other eyes, page by page, the same text that the command line writes. */
export async function renderPlanPage({ reader }: WorkspaceSession, { format, after, limit }: Input<'plan.render'>): Promise<Result<Outputs['plan.render'], Problem>> {
  const header = await readPlanHeader(reader)
  if (header === null) return fail(noPlan())
  const kind = changeKinds.find((known) => known === after?.kind)
  const key = after === null || kind === undefined ? null : { kind, metaverseId: after.metaverseId }
  const batch = await reader.pendingBatch(key, limit)
  const last = batch.at(-1)
  return succeed({
    text: [key === null ? headOf(format, header) : '', ...batch.map(({ change, hash }) => renderLine(format, { change, hash }))].join(''),
    changes: batch.length,
    next: last === undefined || batch.length < limit ? null : { kind: last.change.kind, metaverseId: last.change.metaverseId },
  })
}

/** One change as LDIF. Nothing is asked of the directory, so it is there at once. */
export async function renderLdifOfOne({ reader }: WorkspaceSession, { metaverseId }: Input<'plan.ldifOfOne'>): Promise<Result<Outputs['plan.ldifOfOne'], Problem>> {
  const pending = await reader.pendingExport(metaverseId)
  if (pending === null) return fail({ kind: 'planStale', message: 'This change is no longer pending.', remedy: 'Look at the current plan: it was written, excluded, or fell away.' })
  return succeed({ text: renderLdif(pending.change) })
}

function headOf(format: Format, header: PlanHeader): string {
  switch (format) {
    // A byte order mark: without it a spreadsheet takes the names for the code page of its system.
    case 'csv': return `\ufeff${csvHeader()}`
    case 'jsonl': return `${JSON.stringify(header)}\n`
    case 'ldif': return ''
  }
}

function renderLine(format: Format, line: PlanLine): string {
  switch (format) {
    case 'csv': return renderCsv(line.change, line.hash)
    case 'jsonl': return `${JSON.stringify(line)}\n`
    case 'ldif': return `${renderLdif(line.change)}\n`
  }
}
