import type { PlanSummary } from '../../../shared/api/contract.ts'
import type { Value } from '../../../shared/domain/attributes.ts'
import type { AttributeChange, Change, ChangeKind } from '../../../shared/domain/change.ts'
import { describeReason, describeUndo } from '../../../shared/domain/describeReason.ts'
import type { PlanBlock } from '../../../shared/domain/plan.ts'
import { sidImpact, type SidImpact } from '../../../shared/domain/sidImpact.ts'
import { spellName } from '../../../shared/domain/spellName.ts'
import type { Output, TextStyle } from './output.ts'
import { singleLine } from './table.ts'

type Look = { readonly sign: string; readonly colour: TextStyle; readonly verb: string }

/** Colour is never alone: each kind has its sign and its word. */
const looks: Readonly<Record<ChangeKind, Look>> = {
  create: { sign: '+', colour: 'green', verb: 'create' },
  adopt: { sign: '*', colour: 'blue', verb: 'adopt' },
  update: { sign: '~', colour: 'blue', verb: 'update' },
  rename: { sign: '»', colour: 'magenta', verb: 'rename' },
  move: { sign: '»', colour: 'magenta', verb: 'move' },
  enable: { sign: '^', colour: 'cyan', verb: 'enable' },
  restore: { sign: '^', colour: 'cyan', verb: 'restore' },
  disable: { sign: '!', colour: 'yellow', verb: 'disable' },
  delete: { sign: '-', colour: 'red', verb: 'delete' },
}

/** A right or membership names an account by its SID. */
const sidWords: Readonly<Record<SidImpact, string>> = {
  kept: 'kept, with every right that names it',
  new: 'new, nothing names it yet',
  lost: 'lost, with every right that names it; a restore brings it back, a new account does not',
}

/** The plan in one sentence, its hash, and what blocks it. */
export function describePlan(output: Output, plan: PlanSummary): void {
  if (plan.header === null) return output.line(`There is no plan yet. Next: ${output.command('run', 'cycle')}`)
  output.line(output.style('bold', sentence(plan)))
  output.line(`plan ${plan.hash}`)
  output.line(`made by run ${plan.header.runs.synchronization} at ${plan.header.plannedAt}, ${plan.managedAccounts} accounts managed now`)
  plan.blocked.forEach((block) => output.line(output.style('red', describeBlock(block))))
  const skipped = Object.entries(plan.skipped).filter(([kind]) => kind !== 'unchanged').map(([kind, count]) => `${count} ${spellName(kind)}`)
  if (skipped.length > 0) output.line(`without change: ${skipped.join(', ')}`)
  if (plan.holds.length > 0) output.line(`on hold, written by nobody: ${plan.holds.length} (shown by: ${output.command('hold', 'list')})`)
}

/** How to export a plan that was read, with what lifts the thresholds that block it. */
export function exportCommand({ command }: Pick<Output, 'command'>, file: string, hash: string, blocked: readonly PlanBlock[]): string {
  const lifts = [...new Set(blocked.map(({ kind }) => kind))].flatMap((kind) => ['--lift', kind, '--note', 'TEXT'])
  return command('export', '--plan', file, '--approve', hash, ...lifts)
}

export function describeBlock({ kind, planned, limit, unit, managedAccounts }: PlanBlock): string {
  const what = spellName(kind)
  return unit === 'count'
    ? `Blocked (${kind}): ${planned} of the kind "${what}" in this plan and the last 24 hours, the limit is ${limit}.`
    : `Blocked (${kind}): ${planned} of the kind "${what}" are more than ${limit} % of ${managedAccounts} managed accounts.`
}

export function describeChange(output: Output, change: Change): void {
  const { sign, colour, verb } = looks[change.kind]
  const target = change.kind !== 'create' && change.newDn !== null ? `${change.dn} → ${change.newDn}` : change.dn
  output.line(`${output.style(colour, `${sign} ${verb}`)}  ${singleLine(target)}`)
  output.line(`    ${singleLine([change.subject.displayName, change.subject.company].filter((part) => part !== null).join(' · '))}`)
  output.line(`    because ${describeReason(change.reason)}; rule ${change.rule}; undo: ${describeUndo(change.undo)}`)
  output.line(`    SID: ${sidWords[sidImpact(change)]}`)
  const width = Math.max(0, ...change.attributes.map(({ name }) => name.length))
  change.attributes.forEach((attribute) => output.line(`      ${attribute.name.padEnd(width)}  ${describeValues(output, attribute)}  from ${describeSource(attribute)}`))
}

function describeValues(output: Output, { before, after, isGenerated }: AttributeChange): string {
  const now = isGenerated === true ? 'generated at the export' : show(after)
  return `${before.length === 0 ? '∅' : output.style('strikethrough', show(before))} → ${output.style('underline', now)}`
}

export function describeSource({ from }: AttributeChange): string {
  return from.connector === null ? from.source : `${from.source} (${from.connector})`
}

export function show(values: readonly Value[]): string {
  return values.length === 0 ? '∅' : singleLine(values.map(String).join(' | '))
}

function sentence(plan: PlanSummary): string {
  const { counts } = plan
  if (counts.total === 0) return 'Nothing to change: the directory is as the rules want it.'
  const parts = (Object.entries(looks) as readonly (readonly [ChangeKind, Look])[]).filter(([kind]) => counts[kind] > 0).map(([kind, { verb }]) => `${verb} ${counts[kind]}`)
  const text = parts.join(', ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}: ${counts.total} ${counts.total === 1 ? 'change' : 'changes'} to Active Directory.`
}
