import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, guestbridge, requireExit } from '../fixtures/commandLine.ts'

// Every `guestbridge` command of a code block in these documents is run on the lab, in order and in one workspace each.
const documents = ['quick-start.md', 'coming-from-mim.md'] as const
const folderOfDocuments = join(import.meta.dirname, '..', '..', 'docs')

describe.each(documents)('docs/%s', async (name) => {
  let folder: string
  const commands = commandsOf(await readFile(join(folderOfDocuments, name), 'utf8'))
  const run = (args: readonly string[]) => guestbridge(args, { cwd: folder })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-documents-'))
    if (!commands.some((command) => command.includes('init --lab'))) requireExit(await run(['--workspace', 'W', 'init', '--lab']), 0)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('has commands', () => {
    expect(commands.length).toBeGreaterThan(5)
  })

  it.each(commands.map((command, index) => [index + 1, command] as const))('%i. %s', async (_index, command) => {
    const args = await withPlaceholders(wordsOf(command), run)
    const outcome = await run(args)
    // 3: a plan waits for approval; 4 of "status": somebody is needed. Both are what the documents say.
    const expected = args.includes('cycle') || args.includes('delta cycle') ? [0, 3] : args.includes('status') ? [0, 4] : [0]
    expect(expected, `${outcome.stdout}\n${outcome.stderr}`).toContain(outcome.exitCode)
  })
})

function commandsOf(markdown: string): readonly string[] {
  const blocks = Array.from(markdown.matchAll(/^ *```console\n([\s\S]*?)^ *```/gm), ([, text]) => text ?? '')
  return blocks.flatMap((text) => text.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('guestbridge ')))
}

function wordsOf(command: string): readonly string[] {
  return Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '').slice(1)
}

/** HASH: the plan that the workspace has; RUN: its last export. */
async function withPlaceholders(words: readonly string[], run: (args: readonly string[]) => ReturnType<typeof guestbridge>): Promise<readonly string[]> {
  const filled: string[] = []
  for (const word of words) {
    if (word === 'HASH') filled.push((documentOf(await run(['--workspace', 'W', '--json', 'plan'])) as { hash: string }).hash)
    else if (word === 'RUN') filled.push(String((documentOf(await run(['--workspace', 'W', '--json', 'history', '--step', 'export'])) as { runs: { id: number }[] }).runs[0]?.id))
    else filled.push(word)
  }
  return filled
}
