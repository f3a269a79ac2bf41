import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallOptions, Input, Outputs } from '../../shared/api/contract.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { ConfigurationProblem } from '../workspace/configurationProblem.ts'
import { editConfiguration } from '../workspace/editConfiguration.ts'
import { configurationFileName } from '../workspace/readConfiguration.ts'
import { keepVersion, replaceFile } from '../workspace/replaceFile.ts'
import { validateConfiguration } from '../workspace/validateConfiguration.ts'
import { checkFilter } from './checkFilter.ts'
import { readDeciding } from './readRules.ts'
import { changedMeanwhile } from './rulesSaving.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Copies of what was in force before, one a saving. */
const formerFolderName = 'former-configurations'

/** The file with these values, and what is wrong with it then: what a form shows while somebody types. */
export async function editWorkspaceConfiguration({ folder }: WorkspaceSession, { edits }: Input<'configuration.edit'>): Promise<Result<Outputs['configuration.edit'], Problem>> {
  const before = await readFile(join(folder, configurationFileName), 'utf8')
  const after = editConfiguration(before, edits)
  const checked = validateConfiguration(after)
  return succeed({ before, after, problems: checked.ok ? [] : checked.problem.map(({ path, line, column, message, allowed }) => ({ path, line, column, message, allowed })) })
}

/** What would stop the workspace from opening again is refused, and so is what would make it another workspace. */
export async function saveConfiguration(session: WorkspaceSession, { text, before, note }: Input<'configuration.save'>, options: CallOptions): Promise<Result<Outputs['configuration.save'], Problem>> {
  const checked = validateConfiguration(text)
  if (!checked.ok) return fail(refusal(checked.problem))
  const { id, purpose } = session.configuration
  if (checked.value.id !== id || checked.value.purpose !== purpose) {
    return fail({ kind: 'configurationInvalid', message: 'The id and the purpose of a workspace cannot be changed: its store and its plans are bound to them.', remedy: 'Make another workspace with "guestbridge init".' })
  }
  const filter = checkFilter(session.folder, checked.value)
  if (filter !== null) return fail(filter)
  const deciding = await readDeciding(session.folder, checked.value)
  if (!deciding.ok) return fail(deciding.problem[0] ?? refusal([]))
  return session.asWriter('saving of settings', { signal: options.signal, report: options.onProgress }, async () => {
    const file = join(session.folder, configurationFileName)
    const current = await readFile(file, 'utf8')
    if (current !== before) return fail(changedMeanwhile('The settings'))
    const kept = await keepVersion(join(session.folder, formerFolderName), current)
    await session.audit('settingsSaved', null, { kept: `${formerFolderName}/${kept}.json`, note })
    replaceFile(file, text)
    return succeed({ kept })
  })
}

function refusal(problems: readonly ConfigurationProblem[]): Problem {
  const [first] = problems
  if (first === undefined) throw new Error('A configuration was refused without a problem')
  return { kind: 'configurationInvalid', message: `${first.path === '' ? configurationFileName : first.path}: ${first.message}`, remedy: first.allowed === '' ? 'Correct it.' : `Allowed: ${first.allowed}.`, detail: { path: first.path, line: first.line, column: first.column } }
}
