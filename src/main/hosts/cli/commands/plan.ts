import { resolve } from 'node:path'
import type { Outputs, PlanSummary } from '../../../../shared/api/contract.ts'
import type { PlanLine } from '../../../../shared/domain/plan.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { sidImpact } from '../../../../shared/domain/sidImpact.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { csvHeader, renderCsv } from '../../../runs/csv.ts'
import { renderLdif } from '../../../runs/ldif.ts'
import type { Caller, CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import { describeChange, describePlan, describeSource, exportCommand } from '../planText.ts'
import { refuse, withService } from '../withService.ts'

export type PlanFormat = 'text' | 'json' | 'ldif' | 'csv'
export type PlanOptions = { readonly out: string | null; readonly format: PlanFormat }

export function showPlan(context: CommandContext, options: PlanOptions): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    if (options.out !== null) {
      const path = resolve(context.currentFolder, options.out)
      const written = await call('plan.write', { path })
      if (!written.ok) return refuse(context, written.problem)
      output.document({ file: path, ...summaryDocument(written.value) })
      describePlan(output, written.value)
      output.line(`written to ${path}`)
      if (written.value.hash !== null && written.value.counts.total > 0) output.line(`export it with: ${exportCommand(output, options.out, written.value.hash, written.value.blocked)}`)
      return exitCodes.done
    }
    const summary = await call('plan.summary', {})
    if (!summary.ok) return refuse(context, summary.problem)
    if (options.format === 'json') return streamJson(context, call, summary.value)
    if (options.format === 'text') describePlan(output, summary.value)
    if (options.format === 'csv') await output.raw(csvHeader())
    for await (const line of planLines(call)) {
      if (options.format === 'ldif') await output.raw(`${renderLdif(line.change)}\n`)
      else if (options.format === 'csv') await output.raw(renderCsv(line.change, line.hash))
      else describeChange(output, line.change)
    }
    return exitCodes.done
  })
}

/** One document, written change by change, so that a plan of any size passes through. */
async function streamJson(context: CommandContext, call: Caller, summary: PlanSummary): Promise<ExitCode> {
  const { output } = context
  const head = JSON.stringify(summaryDocument(summary), null, 2)
  await output.raw(`${head.slice(0, head.lastIndexOf('\n}'))},\n  "changes": [`)
  let separator = '\n'
  for await (const line of planLines(call)) {
    await output.raw(`${separator}    ${JSON.stringify(changeDocument(line))}`)
    separator = ',\n'
  }
  await output.raw(`${separator === '\n' ? '' : '\n  '}]\n}\n`)
  return exitCodes.done
}

function summaryDocument({ hash, header, counts, blocked, managedAccounts, skipped, holds }: PlanSummary): Record<string, unknown> {
  return { hash, header, counts, blocked, managedAccounts, skipped, holds }
}

export function changeDocument({ change, hash }: PlanLine): Record<string, unknown> {
  const { kind, dn, anchor, reason, subject, rule, undo, metaverseId } = change
  return {
    kind, dn, anchor, ...(change.kind === 'create' ? {} : { newDn: change.newDn }), reason, rule, subject, metaverseId, undo, sid: sidImpact(change), hash,
    attributes: change.attributes.map((attribute) => ({
      name: attribute.name, before: attribute.before, after: attribute.after, from: describeSource(attribute), ...(attribute.isGenerated ? { generated: true } : {}),
    })),
  }
}

async function* planLines(call: Caller): AsyncGenerator<PlanLine> {
  let after: Outputs['plan.page']['next'] = null
  do {
    const page: Result<Outputs['plan.page'], Problem> = await call('plan.page', { after, limit: 500 })
    if (!page.ok) throw new Error(page.problem.message)
    yield* page.value.lines
    after = page.value.next
  } while (after !== null)
}
