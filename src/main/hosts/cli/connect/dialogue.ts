import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { CommandContext } from '../commandContext.ts'

/** `flag`: the option that gives the same answer to a script. `fallback`: taken when nothing is typed; null: something must be. */
export type Question = { readonly text: string; readonly flag: string; readonly given: string | undefined; readonly fallback: string | null }
export type Choice<Value> = { readonly value: Value; readonly label: string }

/** Questions to a person; to a script the options are the answers, and what is missing is named. */
export type Dialogue = {
  readonly isInteractive: boolean
  ask(question: Question): Promise<Result<string, Problem>>
  /** What nobody sees while it is typed. `variable` gives it to a script. */
  askSecret(text: string, variable: string, given: string | undefined): Promise<Result<string, Problem>>
  choose<Value>(question: Omit<Question, 'fallback'>, choices: readonly Choice<Value>[], fallback: Value | null, named: (given: string) => Value | null): Promise<Result<Value, Problem>>
  confirm(text: string, flag: string, isGiven: boolean): Promise<Result<boolean, Problem>>
  say(line?: string): void
  close(): void
}

export function openDialogue({ isInteractive: hasTerminal, output, signal }: Pick<CommandContext, 'isInteractive' | 'output' | 'signal'>): Dialogue {
  const isInteractive = hasTerminal && !output.isJson
  const terminal = isInteractive ? openTerminal(signal) : null

  const typed = async (text: string, echo: 'shown' | 'hidden'): Promise<Result<string, Problem>> => (terminal === null ? fail(cancelled) : terminal.read(text, echo))

  const ask = async ({ text, flag, given, fallback }: Question): Promise<Result<string, Problem>> => {
    if (given !== undefined) return succeed(given)
    if (terminal === null) return fallback === null ? fail(missing(flag, text)) : succeed(fallback)
    for (;;) {
      const answer = await typed(`${text}${fallback === null || fallback === '' ? '' : ` [${fallback}]`}: `, 'shown')
      if (!answer.ok) return answer
      const chosen = answer.value.trim() === '' ? fallback : answer.value.trim()
      if (chosen !== null) return succeed(chosen)
    }
  }

  return {
    isInteractive, ask,
    askSecret: async (text, variable, given) => {
      if (given !== undefined && given !== '') return succeed(given)
      return terminal === null ? fail(missing(variable, text)) : typed(`${text} (not shown): `, 'hidden')
    },
    choose: async (question, choices, fallback, named) => {
      if (question.given !== undefined) {
        const value = named(question.given)
        return value === null ? fail(notOneOf(question.flag, question.given)) : succeed(value)
      }
      if (terminal === null) return fallback === null ? fail(missing(question.flag, question.text)) : succeed(fallback)
      choices.forEach(({ label }, index) => output.line(`  ${index + 1}  ${label}`))
      const usual = choices.findIndex(({ value }) => value === fallback)
      for (;;) {
        const answer = await ask({ text: question.text, flag: question.flag, given: undefined, fallback: usual === -1 ? null : String(usual + 1) })
        if (!answer.ok) return answer
        const choice = /^\d{1,3}$/.test(answer.value) ? choices[Number(answer.value) - 1] : undefined
        if (choice !== undefined) return succeed(choice.value)
        output.line(`A number from 1 to ${choices.length}.`)
      }
    },
    confirm: async (text, flag, isGiven) => {
      if (isGiven) return succeed(true)
      if (terminal === null) return fail(missing(flag, text))
      const answer = await typed(`${text} (yes/no) `, 'shown')
      return answer.ok ? succeed(/^(y|yes)$/i.test(answer.value.trim())) : answer
    },
    say: (line = '') => output.line(line),
    close: () => terminal?.close(),
  }
}

type Terminal = { read(text: string, echo: 'shown' | 'hidden'): Promise<Result<string, Problem>>; close(): void }

/** One reader for all questions: what is typed ahead is not lost between them. */
function openTerminal(signal: AbortSignal): Terminal {
  let echo: 'shown' | 'hidden' = 'shown'
  const screen = new Writable({ write: (chunk: Buffer, _encoding, done) => { if (echo === 'shown') process.stdout.write(chunk); done() } })
  const reader = createInterface({ input: process.stdin, output: screen, terminal: true, historySize: 0 })
  const ended = new AbortController()
  reader.once('close', () => ended.abort())
  // In raw mode Ctrl+C is a key that nobody else sees.
  reader.on('SIGINT', () => reader.close())
  return {
    read: async (text, wanted) => {
      process.stdout.write(text)
      echo = wanted
      try {
        return succeed(await reader.question('', { signal: AbortSignal.any([signal, ended.signal]) }))
      } catch (error) {
        if (signal.aborted || ended.signal.aborted) return fail(cancelled)
        throw error
      } finally {
        if (wanted === 'hidden') process.stdout.write('\n')
        echo = 'shown'
      }
    },
    close: () => reader.close(),
  }
}

const cancelled: Problem = { kind: 'cancelled', message: 'Nothing was saved: the set-up was left.', remedy: 'Start it again when you want to.' }

function missing(flag: string, what: string): Problem {
  return { kind: 'usage', message: `Missing: ${flag} (${what}).`, remedy: `Give ${flag}, or run the command on a terminal to be asked.`, detail: { flag } }
}

function notOneOf(flag: string, given: string): Problem {
  return { kind: 'usage', message: `${flag} does not know "${given}".`, remedy: 'See --help for what it takes.' }
}
