import type { Input } from '../../../../shared/api/contract.ts'
import type { CheckedReadiness, ReadinessFinding, ReadinessReport, RemedyPlan } from '../../../../shared/domain/readiness.ts'
import { askWithoutEcho } from '../askWithoutEcho.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import type { Output, TextStyle } from '../output.ts'
import { refuse, withService } from '../withService.ts'

/** Named apart from our account's, so that nobody keeps an administrator's password where a schedule finds it. */
export const administratorPasswordVariable = 'GUESTBRIDGE_ADMINISTRATOR_PASSWORD'

/** Ends with 4 where something fails; warnings and what could not be checked leave 0. */
export function examine(context: CommandContext, options: Input<'readiness.check'>): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const checked = await call('readiness.check', options)
    if (!checked.ok) return refuse(context, checked.problem)
    const findings = checked.value.findings.filter(({ id }) => options.only === null || options.only.includes(id))
    output.document({ checkedAt: checked.value.checkedAt, findings } satisfies ReadinessReport)
    findings.forEach((finding) => printFinding(output, finding))
    const count = (state: ReadinessFinding['state']) => findings.filter((finding) => finding.state === state).length
    sayNotKept(output, checked.value)
    output.line(output.style('bold', `${count('passed')} passed, ${count('warning')} to look at, ${count('failed')} failed, ${count('notChecked')} not checked.`))
    return exitCodeOf(findings)
  })
}

/** Without `approve` it shows what would be written, and ends with 3; with it that is written, if it is still the same. */
export function applyRemedy(context: CommandContext, { id, administrator, approve }: { readonly id: string; readonly administrator: string; readonly approve: string | null }): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const plan = await call('readiness.plan', { id })
    if (!plan.ok) return refuse(context, plan.problem)
    printPlan(output, plan.value)
    if (plan.value.writes.length === 0 || approve === null) {
      output.document({ plan: plan.value })
      if (plan.value.writes.length === 0) return exitCodes.done
      output.line(`Nothing was written. Approve it with: ${output.command('doctor', 'apply', id, '--administrator', administrator, '--approve', plan.value.hash)}`)
      return exitCodes.blocked
    }
    const password = context.environment[administratorPasswordVariable] ?? await askWithoutEcho(context, `Password of ${administrator}: `)
    const applied = await call('readiness.apply', { id, account: administrator, password, approve })
    if (!applied.ok) return refuse(context, applied.problem)
    output.document(applied.value)
    output.line('Written. Checked again:')
    printFinding(output, applied.value.finding)
    sayNotKept(output, applied.value)
    return exitCodeOf([applied.value.finding])
  })
}

/** The scripts of one check, made by checking again: they name what is missing now. */
export function printScripts(context: CommandContext, id: string): Promise<ExitCode> {
  const { output } = context
  return withService(context, async (call) => {
    const checked = await call('readiness.check', { only: [id] })
    if (!checked.ok) return refuse(context, checked.problem)
    const finding = checked.value.findings.find((each) => each.id === id)
    const scripts = finding?.scripts ?? []
    output.document({ id, scripts })
    if (scripts.length === 0) output.line(finding?.state === 'passed' ? `There is nothing to do: ${finding.message}` : `There is no script for this. ${finding?.remedy ?? ''}`.trim())
    for (const { title, text } of scripts) {
      output.line(output.style('bold', title))
      output.line(text)
      output.line()
    }
    return exitCodes.done
  })
}

const marks: Readonly<Record<ReadinessFinding['state'], readonly [mark: string, style: TextStyle]>> = { passed: ['✓', 'green'], warning: ['!', 'yellow'], failed: ['✗', 'red'], notChecked: ['–', 'gray'] }

function printFinding(output: Output, { id, title, state, message, remedy, scripts, canApply }: ReadinessFinding): void {
  const [mark, style] = marks[state]
  output.line(`${output.style(style, `${mark} ${title}`)} (${id})`)
  output.line(`  ${message}`)
  if (remedy !== null) output.line(`  → ${remedy}`)
  if (scripts.length > 0 && state !== 'passed') output.line(`    script: ${output.command('doctor', 'script', id)}`)
  if (canApply) output.line(`    from here: ${output.command('doctor', 'apply', id, '--administrator', 'NAME')}`)
}

function sayNotKept(output: Output, { notKept }: Pick<CheckedReadiness, 'notKept'>): void {
  if (notKept !== null) output.problem(notKept)
}

function printPlan(output: Output, { writes, hash }: RemedyPlan): void {
  if (writes.length === 0) return output.line('Nothing is missing, so there is nothing to write.')
  for (const write of writes) {
    switch (write.kind) {
      case 'organizationalUnit': output.line(`+ create ${write.dn}`); break
      case 'ownership': output.line(`~ make Administrators (${write.owner}) the owner of ${write.dn}`); break
      case 'rights':
        output.line(`~ add to the access list of ${write.dn}, for ${write.trustee}:`)
        write.entries.forEach(({ sddl, words }) => output.line(`    ${sddl}  ${words}`))
    }
  }
  output.line(`hash ${hash}`)
}

function exitCodeOf(findings: readonly ReadinessFinding[]): ExitCode {
  return findings.some(({ state }) => state === 'failed') ? exitCodes.objectErrors : exitCodes.done
}
