import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WindowOutputs } from '../../shared/api/windowCalls.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { auditFileName } from '../workspace/audit.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Byte for byte: each line carries the hash of the one before, so a copy shows whether anything was left out or changed. */
export async function readTrail({ folder }: Pick<WorkspaceSession, 'folder'>): Promise<Result<WindowOutputs['audit.read'], Problem>> {
  try {
    return succeed({ fileName: auditFileName, text: await readFile(join(folder, auditFileName), 'utf8') })
  } catch (error) {
    return fail({
      kind: 'notFoundInWorkspace', message: `The audit trail could not be read: ${error instanceof Error ? error.message : String(error)}.`,
      remedy: `Look whether ${auditFileName} is in the folder of the workspace and may be read by you. A workspace in which nothing was approved yet has none.`,
    })
  }
}
