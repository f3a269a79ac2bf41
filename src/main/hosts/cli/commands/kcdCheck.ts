import type { Input } from '../../../../shared/api/contract.ts'
import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import type { CommandContext } from '../commandContext.ts'
import { linesOfGuest, linesOfSubject, listSubjects, markOf } from '../delegationText.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import type { Output } from '../output.ts'
import { refuse, withService } from '../withService.ts'

/** Guests with findings that are printed where nobody asked for one by name. */
const guestsShown = 20

/** `signIn`: application proxy is read anew first, by a person who enters a code. */
export type CheckOptions = Input<'delegation.check'> & { readonly proxy: 'signIn' | 'asKept' }

/** Exit 4 where something fails; warnings and what could not be checked are listed and do not count. */
export function checkDelegation(context: CommandContext, { proxy, ...input }: CheckOptions): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const read = proxy === 'signIn' ? await call('delegation.readProxy', {}) : null
    if (read?.ok === false) return refuse(context, read.problem)
    const checked = await call('delegation.check', input)
    if (!checked.ok) return refuse(context, checked.problem)
    output.document(checked.value)
    if (!output.isJson) printReport(output, checked.value, input.guests === null ? guestsShown : Number.POSITIVE_INFINITY)
    return checked.value.findings.some(({ state }) => state === 'failed') ? exitCodes.objectErrors : exitCodes.done
  })
}

function printReport(output: Output, report: DelegationReport, mostGuests: number): void {
  const subjects = listSubjects(report)
  for (const subject of subjects.filter(({ kind }) => kind !== 'guest')) {
    linesOfSubject(output, subject).forEach((line) => output.line(line))
  }
  const guests = subjects.filter(({ kind }) => kind === 'guest')
  for (const guest of guests.slice(0, mostGuests)) {
    linesOfSubject(output, guest).forEach((line) => output.line(line))
    if (Number.isFinite(mostGuests)) continue
    linesOfGuest(report, guest.id).forEach((line) => output.line(line))
  }
  if (guests.length > mostGuests) output.line(`… and ${guests.length - mostGuests} more guests with findings: name one with --guest, or print all with --json`)
  printNotes(output, report)
  output.line(summarize(output, report))
}

function printNotes(output: Output, { guestsLeftOut, proxy, facts }: DelegationReport): void {
  if (proxy.kind === 'read') output.line(`Application proxy of Entra as read on ${proxy.readAt}${proxy.account === null ? '' : ` by ${proxy.account}`}: ${proxy.connectors} connectors, ${proxy.applications} applications.`)
  if (proxy.kind === 'notRead') output.line(`Application proxy of Entra was not read: ${proxy.why}`)
  if (facts.applications.length === 0) output.line('No application is known: name connectors and applications under "delegation" of workspace.json.')
  if (guestsLeftOut > 0) output.line(`${guestsLeftOut} more guests have an account and were not checked: name them with --guest.`)
}

function summarize(output: Output, { findings, cells, readiness, facts }: DelegationReport): string {
  const count = (state: DelegationReport['findings'][number]['state']): number => findings.filter((finding) => finding.state === state).length
  const working = cells.filter(({ state }) => state === 'passed' || state === 'warning').length
  const ready = new Set(facts.guests.map(({ entraId }) => entraId))
  for (const { guest, state } of readiness) if (state !== 'passed' && state !== 'warning') ready.delete(guest)
  const parts = [
    `${markOf(output, 'failed')} ${count('failed')}`, `${markOf(output, 'warning')} ${count('warning')}`, `${markOf(output, 'notChecked')} ${count('notChecked')}`, `${markOf(output, 'passed')} ${count('passed')}`,
  ]
  return `${parts.join(', ')}. ${working} of ${cells.length} pairs of connector and application work, ${ready.size} of ${facts.guests.length} guests can sign on to every application.`
}
