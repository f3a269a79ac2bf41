import { access, constants, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Result } from '../../shared/domain/result.ts'
import { fail } from '../../shared/domain/result.ts'
import type { WorkspaceConfiguration } from './configuration.ts'
import type { ConfigurationFinding, ConfigurationProblem } from './configurationProblem.ts'
import { readConfigurationText } from './configurationText.ts'
import { validateConfiguration } from './validateConfiguration.ts'

export const configurationFileName = 'workspace.json'

/** Reads and checks `workspace.json` of the folder, and that the files which it names can be read. */
export async function readWorkspaceConfiguration(folder: string): Promise<Result<WorkspaceConfiguration, readonly ConfigurationProblem[]>> {
  const file = join(folder, configurationFileName)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    return fail([describeUnreadable(error)])
  }
  const configuration = validateConfiguration(text)
  if (!configuration.ok) return configuration
  const missing = await findUnreadableFiles(folder, configuration.value)
  return missing.length === 0 ? configuration : fail(missing.map(readConfigurationText(text).locate))
}

function describeUnreadable(error: unknown): ConfigurationProblem {
  const isMissing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  const reason = error instanceof Error ? error.message : String(error)
  return {
    path: '', line: 1, column: 1, value: '', message: isMissing ? 'There is no workspace in this folder.' : `The configuration cannot be read: ${reason}.`,
    allowed: isMissing ? 'the folder of a workspace, named by --workspace; "guestbridge connect" makes one for your tenant and domain, "guestbridge init --lab" one to try' : 'a file that this account may read',
  }
}

async function findUnreadableFiles(folder: string, configuration: WorkspaceConfiguration): Promise<readonly ConfigurationFinding[]> {
  const { entra, activeDirectory, resourceDirectory, rules } = configuration
  const named = [
    { path: ['entra', 'caFile'], file: entra.caFile },
    { path: ['entra', 'credential', 'file'], file: entra.credential.kind === 'certificate' ? entra.credential.file : undefined },
    { path: ['activeDirectory', 'caFile'], file: activeDirectory.caFile },
    { path: ['resourceDirectory', 'caFile'], file: resourceDirectory?.caFile },
    { path: ['rules', 'set', 'file'], file: typeof rules.set === 'string' ? undefined : rules.set.file },
  ]
  const findings = await Promise.all(named.map(async ({ path, file }) => {
    if (file === undefined || await isReadable(resolve(folder, file))) return []
    return [{ path, message: 'This file cannot be read.', allowed: `a file that exists and that this account may read; relative names count from ${folder}` }]
  }))
  return findings.flat()
}

async function isReadable(file: string): Promise<boolean> {
  try {
    await access(file, constants.R_OK)
    return true
  } catch {
    // Whatever the reason, the problem names the file and what it must be.
    return false
  }
}
