import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Result } from '../../shared/domain/result.ts'
import { fail } from '../../shared/domain/result.ts'
import type { DelegationConfiguration, DirectoryConfiguration, EntraConfiguration, LeaverConfiguration, WorkspaceConfiguration } from './configuration.ts'
import type { ConfigurationProblem } from './configurationProblem.ts'
import { writeJsonSchema } from './jsonSchema.ts'
import { configurationFileName } from './readConfiguration.ts'
import { currentVersion, validateConfiguration } from './validateConfiguration.ts'

/** `lab`: the connections of the embedded lab, as it offers them. */
export type WorkspaceChoices = {
  readonly kind: 'production' | 'lab'
  readonly name: string
  readonly entra: EntraConfiguration
  readonly activeDirectory: DirectoryConfiguration
  readonly delegation?: DelegationConfiguration
  /** Missing: accounts of leavers are disabled where they are. */
  readonly leavers?: LeaverConfiguration
}

const schemaFileName = 'workspace.schema.json'

/**
 * Makes the folder (for its owner alone) and writes `workspace.json` with the defaults, and its JSON Schema beside it. A
 * workspace that is there already is left as it is. Files that the choices name are not looked for: they may come later.
 */
export async function initialiseWorkspace(folder: string, choices: WorkspaceChoices): Promise<Result<WorkspaceConfiguration, readonly ConfigurationProblem[]>> {
  const text = `${JSON.stringify(describeWorkspace(choices), null, 2)}\n`
  const configuration = validateConfiguration(text)
  if (!configuration.ok) return configuration
  const file = join(folder, configurationFileName)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(file, text, { flag: 'wx' })
    await writeFile(join(folder, schemaFileName), writeJsonSchema())
    return configuration
  } catch (error) {
    return fail([describeWriteFailure(file, error)])
  }
}

function describeWorkspace(choices: WorkspaceChoices): WorkspaceConfiguration {
  return {
    $schema: `./${schemaFileName}`,
    version: currentVersion,
    id: randomUUID(),
    name: choices.name,
    purpose: choices.kind,
    entra: choices.entra,
    activeDirectory: choices.activeDirectory,
    rules: { set: 'guestbridge' },
    runProfiles: {
      'ad full import': { step: 'fullImport', connector: 'ad' },
      'entra full import': { step: 'fullImport', connector: 'entra' },
      'ad delta import': { step: 'deltaImport', connector: 'ad' },
      'entra delta import': { step: 'deltaImport', connector: 'entra' },
      'prove absence': { step: 'proveAbsence' },
      'full synchronization': { step: 'fullSync' },
      'delta synchronization': { step: 'deltaSync' },
      export: { step: 'export', connector: 'ad' },
    },
    // AD first: without a complete picture of it nothing is provisioned (sync-semantics 13).
    cycle: ['ad full import', 'entra full import', 'prove absence', 'full synchronization'],
    deltaCycle: ['ad delta import', 'entra delta import', 'prove absence', 'delta synchronization'],
    thresholds: {
      disableAndDelete: { count: 20, percent: 10 },
      renameMoveAndUserPrincipalName: { count: 50, percent: 10 },
      updateAdoptAndEnable: { count: 200, percent: 50 },
      create: { count: 500 },
      delegation: { count: 20 },
    },
    lifecycle: { createForPendingInvitations: false, smallerSourcePercent: 10, leavers: choices.leavers ?? { action: 'disable' }, retentionDays: 180 },
    ...(choices.delegation === undefined ? {} : { delegation: choices.delegation }),
  }
}

function describeWriteFailure(file: string, error: unknown): ConfigurationProblem {
  const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
  const reason = error instanceof Error ? error.message : String(error)
  return {
    path: '', line: 1, column: 1, value: file,
    message: exists ? 'There is a workspace already; it was left as it is.' : `The workspace cannot be written: ${reason}.`,
    allowed: exists ? 'another folder, or "guestbridge config check" for this one' : 'a folder that this account may write',
  }
}
