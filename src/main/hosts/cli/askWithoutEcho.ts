import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { CommandContext } from './commandContext.ts'

/** One line from the terminal that nobody sees, or the first line of standard input. `question` is printed to a terminal only. */
export async function askWithoutEcho({ isInteractive, signal }: Pick<CommandContext, 'isInteractive' | 'signal'>, question: string): Promise<string> {
  if (isInteractive) process.stdout.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: isInteractive })
  try {
    return await terminal.question('', { signal })
  } finally {
    terminal.close()
    if (isInteractive) process.stdout.write('\n')
  }
}
