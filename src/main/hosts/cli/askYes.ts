import { createInterface } from 'node:readline/promises'
import type { CommandContext } from './commandContext.ts'

/** A question on the terminal; where there is none nobody has said yes. */
export async function askYes({ isInteractive, signal }: Pick<CommandContext, 'isInteractive' | 'signal'>, question: string): Promise<boolean> {
  if (!isInteractive) return false
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^(y|yes)$/i.test((await terminal.question(`${question} (yes/no) `, { signal })).trim())
  } finally {
    terminal.close()
  }
}
