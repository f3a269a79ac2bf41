import { InvalidArgumentError } from 'commander'
import type { CommandContext } from '../commandContext.ts'
import type { ExitCode } from '../exitCodes.ts'

/** Runs one command in the context that the options of the program give. */
export type Perform = (work: (context: CommandContext) => Promise<ExitCode>) => Promise<void>

export function parseRunNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 on')
  return Number(text)
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

export function parseNote(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('a note says why; it is kept in the audit trail')
  return text
}
