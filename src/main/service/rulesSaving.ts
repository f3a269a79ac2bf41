import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { CallOptions, Input, Outputs } from '../../shared/api/contract.ts'
import type { RulesVersion } from '../../shared/api/rulesEditing.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { shippedRuleSets } from '../rules/shippedRuleSets.ts'
import { auditFileName } from '../workspace/audit.ts'
import { editConfiguration } from '../workspace/editConfiguration.ts'
import { configurationFileName } from '../workspace/readConfiguration.ts'
import { keepVersion, listVersions, replaceFile, versionFile } from '../workspace/replaceFile.ts'
import { validateConfiguration } from '../workspace/validateConfiguration.ts'
import { checkRulesText, refusal } from './rulesEditing.ts'
import { readRulesText as readRulesInForce } from './windowHandlers.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

const rulesFileName = 'rules.json'
const versionsFolderName = 'rules'

/** The text becomes the rules in force and a version of its own; the services of the workspace follow with their next call. */
export async function saveRules(session: WorkspaceSession, { text, before, note }: Input<'rules.save'>, options: CallOptions): Promise<Result<Outputs['rules.save'], Problem>> {
  const { rules, problems } = checkRulesText(session, text)
  if (rules === null) return fail(refusal(problems))
  return session.asWriter('saving of rules', { signal: options.signal, report: options.onProgress }, async () => {
    const inForce = await readRulesInForce(session)
    if (!inForce.ok) return inForce
    if (inForce.value.text !== before) return fail(changedMeanwhile('The rules in force'))
    const configuration = await switchedTo(session, rulesFileName)
    if (!configuration.ok) return configuration
    await keepIfUnknown(session, inForce.value)
    const folder = join(session.folder, versionsFolderName)
    const version = await keepVersion(folder, text)
    await session.audit('rulesSaved', null, { version, name: rules.source.name, replaces: inForce.value.name, note })
    // While another file is in force this one decides nothing; where it is in force already, this is the switch.
    replaceFile(join(session.folder, rulesFileName), text)
    if (configuration.value !== null) replaceFile(join(session.folder, configurationFileName), configuration.value)
    return succeed({ version })
  })
}

/** `workspace.json` with these rules, nothing else changed; null where it names them already. */
async function switchedTo(session: WorkspaceSession, file: string): Promise<Result<string | null, Problem>> {
  const { set } = session.configuration.rules
  if (typeof set !== 'string' && resolve(session.folder, set.file) === resolve(session.folder, file)) return succeed(null)
  const text = editConfiguration(await readFile(join(session.folder, configurationFileName), 'utf8'), [{ path: ['rules', 'set'], value: { file } }])
  const checked = validateConfiguration(text)
  if (checked.ok) return succeed(text)
  return fail({ kind: 'configurationInvalid', message: `workspace.json cannot be switched to the new rules: ${checked.problem[0]?.message ?? 'it is not valid'}`, remedy: 'Correct workspace.json first.' })
}

/** Rules that somebody wrote into the file by hand are no version yet, and would be lost. */
async function keepIfUnknown(session: WorkspaceSession, inForce: Outputs['rules.read']): Promise<void> {
  const folder = join(session.folder, versionsFolderName)
  if (inForce.name !== rulesFileName) return
  for (const version of await listVersions(folder)) if (await readFile(versionFile(folder, version), 'utf8') === inForce.text) return
  const version = await keepVersion(folder, inForce.text)
  await session.audit('rulesSaved', null, { version, name: inForce.name, note: 'as they stood in the file' })
}

/** Newest first. Who saved a version, and why, stands in the audit trail. */
export async function listRulesVersions(session: WorkspaceSession): Promise<Result<Outputs['rules.versions'], Problem>> {
  const inForce = await readRulesInForce(session)
  if (!inForce.ok) return inForce
  const folder = join(session.folder, versionsFolderName)
  const saved = await readSavings(session.folder)
  const numbers = (await listVersions(folder)).toReversed()
  const texts = await Promise.all(numbers.map((version) => readFile(versionFile(folder, version), 'utf8')))
  // The same text can be two versions: in force is the newer one.
  const current = inForce.value.name === rulesFileName ? texts.indexOf(inForce.value.text) : -1
  return succeed({
    inForce: inForce.value.name,
    versions: numbers.map((version, index): RulesVersion => ({ ...(saved.get(version) ?? { name: '', savedAt: null, actor: null, note: null }), version, isInForce: index === current })),
  })
}

export async function readRulesVersion(session: WorkspaceSession, { version }: Input<'rules.version'>): Promise<Result<Outputs['rules.version'], Problem>> {
  if (typeof version === 'string') return succeed({ text: JSON.stringify(shippedRuleSets[version], null, 2) })
  const folder = join(session.folder, versionsFolderName)
  if (!(await listVersions(folder)).includes(version)) return fail({ kind: 'notFoundInWorkspace', message: `There is no version ${version} of the rules.`, remedy: 'Choose one of the list.' })
  return succeed({ text: await readFile(versionFile(folder, version), 'utf8') })
}

type Saving = Omit<RulesVersion, 'version' | 'isInForce'>

async function readSavings(folder: string): Promise<ReadonlyMap<number, Saving>> {
  const lines = (await readIfThere(join(folder, auditFileName))).split('\n').filter((line) => line.includes('"rulesSaved"'))
  return new Map(lines.flatMap((line): (readonly [number, Saving])[] => {
    const entry = parseEntry(line)
    return entry === null ? [] : [[entry.details.version, { name: entry.details.name, savedAt: entry.at, actor: entry.actor, note: entry.details.note }]]
  }))
}

type SavingEntry = { readonly at: string; readonly actor: string; readonly action: string; readonly details: { readonly version: number; readonly name: string; readonly note: string } }

function parseEntry(line: string): SavingEntry | null {
  try {
    const entry = JSON.parse(line) as SavingEntry
    return entry.action === 'rulesSaved' ? entry : null
  } catch {
    // Half a line that a crash has left: the verification of the trail names it.
    return null
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

export function changedMeanwhile(what: string): Problem {
  return { kind: 'drift', message: `${what} were changed by somebody else since you opened them. Nothing was saved.`, remedy: 'Compare again with what is in force now, then save.' }
}
