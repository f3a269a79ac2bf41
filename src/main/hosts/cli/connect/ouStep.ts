import type { DirectoryBranch, DirectoryChild } from '../../../../shared/api/connectCalls.ts'
import { parentDn, parseDn } from '../../../../shared/domain/dn.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../../shared/domain/result.ts'
import type { SetUp } from './connectOptions.ts'
import type { DomainAnswers } from './domainStep.ts'

export type OuAnswers = { readonly guestOu: string; readonly disabledOu: string | null }

/** Where accounts of guests are made, and where those of guests who left go. */
export async function askOus(setUp: SetUp, domain: DomainAnswers): Promise<Result<OuAnswers, Problem>> {
  const { dialogue, options, shown } = setUp
  const guestOu = await pickOu(setUp, domain, { text: 'OU where accounts of guests are made', flag: '--guest-ou', given: options.guestOu, fallback: shown.directory?.guestOu ?? null })
  if (!guestOu.ok) return guestOu
  if (options.disabledOu !== undefined) return succeed({ guestOu: guestOu.value, disabledOu: options.disabledOu === '' ? null : options.disabledOu })
  const present = shown.directory?.disabledOu ?? null
  if (!dialogue.isInteractive) return succeed({ guestOu: guestOu.value, disabledOu: present })
  const moves = await dialogue.choose({ text: 'Accounts of guests who left are disabled and', flag: '--disabled-ou', given: undefined }, [{ value: 'stay', label: 'stay where they are' }, { value: 'move', label: 'are moved to another OU' }], present === null ? 'stay' : 'move', () => null)
  if (!moves.ok) return moves
  if (moves.value === 'stay') return succeed({ guestOu: guestOu.value, disabledOu: null })
  const disabledOu = await pickOu(setUp, domain, { text: 'OU for accounts of guests who left', flag: '--disabled-ou', given: undefined, fallback: present })
  return disabledOu.ok ? succeed({ guestOu: guestOu.value, disabledOu: disabledOu.value }) : disabledOu
}

type Pick = { readonly text: string; readonly flag: string; readonly given: string | undefined; readonly fallback: string | null }

/** Level by level, by numbers; or typed as a DN. */
async function pickOu({ dialogue, call, draft, context }: SetUp, domain: DomainAnswers, { text, flag, given, fallback }: Pick): Promise<Result<string, Problem>> {
  if (given !== undefined || !dialogue.isInteractive) return dialogue.ask({ text, flag, given, fallback })
  let at: string | null = null
  for (;;) {
    const opened: Result<DirectoryBranch, Problem> = await call('connect.browse', { draft, ...domain, dn: at })
    if (!opened.ok && at === null) return opened
    if (!opened.ok) context.output.problem(opened.problem)
    const branch: DirectoryBranch | null = opened.ok ? opened.value : null
    if (branch !== null) printBranch((line) => dialogue.say(line), branch)
    const answer = await dialogue.ask({ text: `${text} (${waysOn(branch)})`, flag, given: undefined, fallback })
    if (!answer.ok) return answer
    const chosen: DirectoryChild | undefined = /^\d{1,4}$/.test(answer.value) ? branch?.children[Number(answer.value) - 1] : undefined
    if (chosen !== undefined) at = chosen.dn
    else if (answer.value === '.' && branch !== null && branch.dn !== branch.domainDn) return succeed(branch.dn)
    else if (answer.value === '..') at = branch === null || branch.dn === branch.domainDn ? null : parentOf(branch.dn)
    else if (parseDn(answer.value).ok) return succeed(answer.value)
    else dialogue.say('That is none of the numbers, and no DN such as OU=Guests,DC=contoso,DC=com.')
  }
}

function waysOn(branch: DirectoryBranch | null): string {
  const isHead = branch === null || branch.dn === branch.domainDn
  return ['number: open it', ...(isHead ? [] : ['".": take this one', '"..": up']), 'or a DN'].join(', ')
}

function parentOf(text: string): string | null {
  const dn = parseDn(text)
  return dn.ok ? parentDn(dn.value) : null
}

function printBranch(say: (line: string) => void, { dn, children }: DirectoryBranch): void {
  say(`  ${dn}`)
  if (children.length === 0) say('    nothing below it')
  children.forEach((child, index) => say(`  ${String(index + 1).padStart(3)}  ${describeChild(child)}`))
}

function describeChild({ name, kind, users, isMore, hasChildren }: DirectoryChild): string {
  const count = isMore ? `more than ${users} users` : `${users} users`
  return `${name}${hasChildren ? ' ▸' : ''}  (${kind === 'container' ? 'container, ' : ''}${count})`
}
