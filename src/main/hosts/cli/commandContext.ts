import type { CallName, Outputs } from '../../../shared/api/contract.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { Output } from './output.ts'

/** What every command is given; nothing below reads the process by itself. */
export type CommandContext = {
  readonly output: Output
  /** Absolute path of the workspace. */
  readonly workspace: string
  /** Where relative paths of the command line start: the folder in which the person typed. */
  readonly currentFolder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly labWorker: URL
  readonly isInteractive: boolean
}

/** Opens the workspace, makes one call after the other, closes. */
export type Caller = <Name extends CallName>(name: Name, input: unknown) => Promise<Result<Outputs[Name], Problem>>
