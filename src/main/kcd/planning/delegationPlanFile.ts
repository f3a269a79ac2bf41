import { readFile } from 'node:fs/promises'
import type { DelegationPlan, DelegationPlanLine } from '../../../shared/domain/delegationPlan.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { replaceFile } from '../../workspace/replaceFile.ts'
import { findMalformed } from '../rules/planning/findMalformed.ts'
import { delegationPlanHeader, delegationPlanLine } from './delegationPlanSchema.ts'
import { makeDelegationPlan } from './makeDelegationPlan.ts'

/** JSON Lines: the header, then one change a line with its own hash. The folder must be there. */
export function writeDelegationPlan(path: string, { header, lines }: DelegationPlan): Result<null, Problem> {
  try {
    replaceFile(path, [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''))
    return succeed(null)
  } catch (error) {
    return fail({ kind: 'planUnreadable', message: `The plan was not written to ${path}: ${describe(error)}.`, remedy: 'Name a file in a folder that exists and that you may write to.', detail: { file: path } })
  }
}

/** Reads a plan that somebody approved. A line that was edited no longer has its own hash, and the file is refused as a whole. */
export async function readDelegationPlan(path: string): Promise<Result<DelegationPlan, Problem>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    return fail({ kind: 'planUnreadable', message: `The plan ${path} cannot be read: ${describe(error)}.`, remedy: 'Name the file that "guestbridge kcd plan --out FILE" has written, or make the plan again.', detail: { file: path } })
  }
  const [first = '', ...rest] = text.split(/\r?\n/).filter((line, index, all) => line !== '' || index < all.length - 1)
  const header = delegationPlanHeader.safeParse(parseJson(first))
  if (!header.success) return fail(unreadable(path, 1, 'the header is not that of a plan of delegation of this version'))
  const read: DelegationPlanLine[] = []
  for (const [index, line] of rest.entries()) {
    const parsed = delegationPlanLine.safeParse(parseJson(line))
    if (!parsed.success) return fail(unreadable(path, index + 2, `it is no change of delegation (${parsed.error.issues[0]?.path.join('.') ?? ''})`))
    const malformed = findMalformed(parsed.data.change)
    if (malformed !== null) return fail(unreadable(path, index + 2, malformed))
    read.push(parsed.data)
  }
  const plan = makeDelegationPlan(header.data, read.map(({ change }) => change))
  const edited = plan.lines.findIndex(({ hash }, index) => hash !== read[index]?.hash)
  return edited === -1 ? succeed(plan) : fail(unreadable(path, edited + 2, 'the change was altered after it was planned'))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is no JSON is no line of a plan: the schema refuses undefined, and the caller names the line.
    return undefined
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function unreadable(path: string, line: number, why: string): Problem {
  return {
    kind: 'planUnreadable', message: `The plan ${path} cannot be used: line ${line}: ${why}.`,
    remedy: 'Make it again with "guestbridge kcd plan --out FILE" and have it approved again.', detail: { file: path, line },
  }
}
