import { styleText } from 'node:util'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Progress } from '../../../shared/domain/run.ts'
import { commandsOf, type NameCommand } from './nameCommand.ts'

export type TextStyle = Parameters<typeof styleText>[0]

/** What commands print to: one JSON document or text for people on stdout; progress and problems on stderr. */
export interface Output {
  readonly isJson: boolean
  /** Ignored in text mode. Exactly one document a command. */
  document(value: unknown): void
  /** Ignored in JSON mode. */
  line(text?: string): void
  /** Raw text of stdout, for documents that are streamed or formats other than JSON. */
  raw(text: string): Promise<void>
  style(style: TextStyle, text: string): string
  /** A next step, to be copied. */
  readonly command: NameCommand
  progress(progress: Progress): void
  problem(problem: Problem): void
}

export type Streams = { readonly stdout: NodeJS.WriteStream; readonly stderr: NodeJS.WriteStream }

export function createOutput(streams: Streams, format: 'json' | 'text', typedWorkspace: string | null): Output {
  const isJson = format === 'json'
  const bar = createProgressLine(streams.stderr)
  return {
    isJson,
    document: (value) => void (isJson && streams.stdout.write(`${JSON.stringify(value, null, 2)}\n`)),
    line: (text = '') => {
      if (isJson) return
      bar.clear()
      streams.stdout.write(`${text}\n`)
    },
    raw: (text) => new Promise((resolve, reject) => streams.stdout.write(text, (error) => (error ? reject(error) : resolve()))),
    // styleText asks the stream: no colours in a pipe, and NO_COLOR is honoured.
    style: (style, text) => styleText(style, text, { stream: streams.stdout }),
    command: commandsOf(typedWorkspace),
    progress: (progress) => {
      if (isJson) return void streams.stderr.write(`${JSON.stringify({ progress })}\n`)
      if (progress.signIn === undefined) return bar.show(progress)
      const { address, code } = progress.signIn
      bar.ask(code === null ? `To sign in, open ${address}` : `To sign in, open ${address} and enter the code ${code}`)
    },
    problem: (problem) => {
      bar.clear()
      if (isJson) return void streams.stderr.write(`${JSON.stringify({ problem })}\n`)
      const details = Object.entries(problem.detail ?? {}).map(([name, value]) => `${name} ${value}`).join(', ')
      streams.stderr.write(`${problem.message}\n  → ${problem.remedy}\n${details === '' ? '' : `  (${details})\n`}`)
    },
  }
}

/** One line that is written over; in a pipe only the beginning of each phase is printed. */
function createProgressLine(stream: NodeJS.WriteStream): { show: (progress: Progress) => void; /** A line that stays. */ ask: (line: string) => void; clear: () => void } {
  let phase = ''
  let isShown = false
  const clear = (): void => {
    if (!isShown) return
    stream.clearLine(0)
    stream.cursorTo(0)
    isShown = false
  }
  return {
    clear,
    ask: (line) => {
      clear()
      stream.write(`${line}\n`)
    },
    show: ({ run, phase: now, connector, done, total }) => {
      const name = [connector, now].filter((part) => part !== null).join(': ')
      if (stream.isTTY) {
        clear()
        stream.write(`${name} ${total === null ? done : drawBar(done, total)}`)
        isShown = true
        return
      }
      const key = `${run} ${name}`
      if (key !== phase) stream.write(`${name}\n`)
      phase = key
    },
  }
}

function drawBar(done: number, total: number): string {
  const width = 24
  const filled = total === 0 ? width : Math.min(width, Math.round((done / total) * width))
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done} of ${total}`
}
