import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { JudgedList } from '../../../../shared/api/invitationCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { askYes } from '../askYes.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodes, type ExitCode } from '../exitCodes.ts'
import type { Output } from '../output.ts'
import { refuse, withService } from '../withService.ts'

export type ListInviting = { readonly file: string; readonly redirectUrl: string; readonly out: string | null; readonly confirmed: 'yes' | 'ask' }

/** The list is checked as a whole, shown with what becomes of each line, and sent after a yes. */
export function inviteList(context: CommandContext, { file, redirectUrl, out, confirmed }: ListInviting): Promise<ExitCode> {
  return withService(context, async (call) => {
    const { output, currentFolder } = context
    const text = await readText(resolve(currentFolder, file))
    if (typeof text !== 'string') return refuse(context, { kind: 'usage', message: `The list ${file} cannot be read: ${text.why}.`, remedy: 'Name a CSV file that you may read.' })
    const judged = await call('invitations.judgeList', { text, redirectUrl })
    if (!judged.ok) return refuse(context, judged.problem)
    const list = judged.value
    if (list.kind === 'mistakes') {
      output.document(list)
      list.mistakes.forEach(({ line, column, value, message }) => output.line(`${file}:${line}${column === null ? '' : ` ${column}`}${value === '' ? '' : ` "${value}"`}: ${message}`))
      output.line(`${list.mistakes.length} ${list.mistakes.length === 1 ? 'mistake' : 'mistakes'}; nobody was invited.`)
      return exitCodes.usage
    }
    printFates(output, list)
    if (list.counts.new > 0 && confirmed === 'ask' && !(await askYes(context, `Invite ${list.counts.new}?`))) {
      output.document(list)
      output.line('Nobody was invited: it was not confirmed (--yes).')
      return exitCodes.blocked
    }
    const sent = await call('invitations.sendList', { text, redirectUrl, approve: list.hash })
    if (!sent.ok) return refuse(context, sent.problem)
    const { results, csv } = sent.value
    output.document({ list, results })
    const unwritten = out === null ? null : await writeResults(resolve(currentFolder, out), csv)
    const missing = results.filter(({ result }) => result !== 'invited' && result !== 'wasGuest')
    missing.forEach(({ line, mail, result, text: why }) => output.line(`${file}:${line} ${mail}: ${result}. ${why}`))
    output.line(`${results.filter(({ result }) => result === 'invited').length} invited, ${results.filter(({ result }) => result === 'wasGuest').length} were guests already, ${missing.length} not.${out === null || unwritten !== null ? '' : ` Results: ${out}`}`)
    if (unwritten !== null) return refuse(context, unwritten)
    return missing.length === 0 ? exitCodes.done : exitCodes.objectErrors
  })
}

function printFates(output: Output, { rows, counts, hash }: Extract<JudgedList, { kind: 'list' }>): void {
  const words = { new: 'to be invited', isGuest: 'guests already', invitedBefore: 'invited before', isMember: 'members', ambiguous: 'ambiguous', unknown: 'sent without an answer' } as const
  output.line(Object.entries(counts).filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${words[kind as keyof typeof words]}`).join(', '))
  rows.filter(({ fate }) => fate.kind === 'new').forEach(({ line, invitation }) => output.line(`  ${String(line).padStart(5)}  ${invitation.mail}${invitation.displayName === null ? '' : `  ${invitation.displayName}`}`))
  output.line(`list ${hash}`)
}

/** What was sent is sent: that its results have no file is said with where they are. */
async function writeResults(path: string, csv: string): Promise<Problem | null> {
  try {
    await writeFile(path, csv)
    return null
  } catch (error) {
    return { kind: 'usage', message: `The list was sent, and its results were not written to ${path}: ${error instanceof Error ? error.message : String(error)}.`, remedy: 'Give the same list again with another --out: nobody is invited twice, and the results name everybody.' }
  }
}

async function readText(path: string): Promise<string | { readonly why: string }> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
}
