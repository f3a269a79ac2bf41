import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { CommandContext } from '../commandContext.ts'

/** A file that a person names; relative to where he types. */
export async function readGivenFile({ currentFolder }: Pick<CommandContext, 'currentFolder'>, file: string): Promise<Result<Buffer, Problem>> {
  try {
    return succeed(await readFile(resolve(currentFolder, file)))
  } catch (error) {
    return fail({ kind: 'usage', message: `The file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, remedy: 'Name a file that you may read.' })
  }
}
