import type { GuestRow } from '../../../../shared/domain/guestRow.ts'
import type { Outputs, ShownObject } from '../../../../shared/api/contract.ts'
import { describeDisconnector, describeSkip } from '../../../../shared/domain/describeReason.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../../shared/domain/result.ts'
import type { ConnectorObject } from '../../../../shared/domain/connectorObject.ts'
import { spellName } from '../../../../shared/domain/spellName.ts'
import type { Caller, CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import type { Output } from '../output.ts'
import { describeChange, show } from '../planText.ts'
import { renderTable } from '../table.ts'
import { refuse, withService } from '../withService.ts'
import { changeDocument } from './plan.ts'

export function listGuests(context: CommandContext, options: { readonly state: string | null }): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const read = await readGuests(call)
    if (!read.ok) return refuse(context, read.problem)
    const rows = read.value
    const shown = options.state === null ? rows : rows.filter((row) => row.state === options.state)
    output.document({ guests: shown, counts: countStates(rows) })
    renderTable<GuestRow>(shown, [
      { title: 'Guest', value: (row) => row.displayName ?? '(no name)', maximum: 32 },
      { title: 'Company', value: (row) => row.company ?? '', maximum: 24 },
      { title: 'State', value: (row) => spellName(row.state) },
      { title: 'Why', value: (row) => row.why },
      { title: 'Id', value: (row) => row.id },
    ]).forEach((line) => output.line(line))
    output.line()
    output.line(Object.entries(countStates(rows)).map(([state, count]) => `${count} ${spellName(state)}`).join(', '))
    return exitCodes.done
  })
}

async function readGuests(call: Caller): Promise<Result<readonly GuestRow[], Problem>> {
  const rows: GuestRow[] = []
  let after: string | null = null
  do {
    const page: Result<Outputs['guests.page'], Problem> = await call('guests.page', { after, limit: 500 })
    if (!page.ok) return page
    rows.push(...page.value.rows)
    after = page.value.next
  } while (after !== null)
  return succeed(rows)
}

function countStates(rows: readonly GuestRow[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

export function showObject(context: CommandContext, id: string): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const shown = await call('objects.show', { id })
    if (!shown.ok) return refuse(context, shown.problem)
    output.document({ ...shown.value, pending: shown.value.pending === null ? null : changeDocument(shown.value.pending) })
    printObject(output, shown.value)
    return exitCodes.done
  })
}

function printObject(output: Output, { guest, account, person, pending, skip, disconnectors }: ShownObject): void {
  printConnectorObject(output, 'Entra', guest)
  printConnectorObject(output, 'Active Directory', account)
  output.line(output.style('bold', `Metaverse  ${person?.id ?? 'no object'}`))
  for (const [name, { values, winner, losers }] of Object.entries(person?.attributes ?? {})) {
    const lost = losers.map((loser) => `${loser.connector} ${show(loser.values)} lost: ${spellName(loser.why)}`)
    output.line(`  ${name}  ${show(values)}  from ${winner.connector} by ${winner.rule} (${winner.source})${lost.length > 0 ? `; ${lost.join('; ')}` : ''}`)
  }
  for (const { connector, reason } of disconnectors) output.line(`${connector}: ${describeDisconnector(reason)}`)
  if (skip !== null) output.line(describeSkip(skip))
  if (pending !== null) describeChange(output, pending.change)
}

function printConnectorObject(output: Output, title: string, object: ConnectorObject | null): void {
  output.line(output.style('bold', `${title}  ${object === null ? 'no object' : (object.dn ?? object.anchor)}`))
  for (const [name, values] of Object.entries(object?.attributes ?? {})) output.line(`  ${name}  ${show(values)}`)
}
