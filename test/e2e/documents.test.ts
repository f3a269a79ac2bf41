import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LabEndpoints } from '../../src/main/lab/labEndpoints.ts'
import { documentOf, guestbridge, requireExit, startGuestbridge } from '../fixtures/commandLine.ts'

// Every `guestbridge` command of a code block in these documents is run on the lab, in order and in one workspace each.
const documents = ['quick-start.md', 'coming-from-mim.md', 'connect.md'] as const
const folderOfDocuments = join(import.meta.dirname, '..', '..', 'docs')

describe.each(documents)('docs/%s', async (name) => {
  let folder: string
  const commands = commandsOf(await readFile(join(folderOfDocuments, name), 'utf8'))
  /** The lab that a document keeps running, with what it printed about itself. */
  let lab: ServedLab | null = null
  const run = (args: readonly string[]) => guestbridge(args, { cwd: folder, environment: lab === null ? {} : { GUESTBRIDGE_ENTRA_SECRET: lab.endpoints.clientSecret, GUESTBRIDGE_AD_PASSWORD: lab.endpoints.accountPassword } })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-documents-'))
    if (!commands.some((command) => command.includes('init --lab'))) requireExit(await run(['--workspace', 'W', 'init', '--lab']), 0)
  })
  afterAll(async () => {
    await lab?.end()
    await rm(folder, { recursive: true, force: true })
  })

  it('has commands', () => {
    expect(commands.length).toBeGreaterThan(5)
  })

  it.each(commands.map((command, index) => [index + 1, command] as const))('%i. %s', async (_index, command) => {
    const args = await withPlaceholders(wordsOf(command), run, lab?.endpoints ?? null)
    if (args.includes('serve')) {
      lab = await serveLab(args, folder)
      expect(lab.endpoints.graphUrl).toContain('https://')
      return
    }
    const outcome = await run(args)
    // 3: a plan waits for approval; 4 of "status" and "doctor": somebody is needed. Both are what the documents say.
    const expected = args.includes('cycle') || args.includes('delta cycle') ? [0, 3] : args.includes('status') || args.includes('doctor') ? [0, 4] : [0]
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

type Endpoints = Pick<LabEndpoints, 'graphUrl' | 'signInUrl' | 'tenantId' | 'clientId' | 'clientSecret' | 'ldapsUrl' | 'account' | 'accountPassword' | 'caFile' | 'domain'>
type ServedLab = { readonly endpoints: Endpoints; readonly end: () => Promise<void> }

/** Goes on running beside the other commands, as the document says. */
async function serveLab(args: readonly string[], cwd: string): Promise<ServedLab> {
  const child: ChildProcess = startGuestbridge(args, { cwd })
  if (child.stdout === null) throw new Error('The lab has no standard output')
  let text = ''
  for await (const part of child.stdout.setEncoding('utf8')) {
    text += String(part)
    if (text.trimEnd().endsWith('\n}')) break
  }
  const end = async (): Promise<void> => {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }
  return { endpoints: JSON.parse(text) as Endpoints, end }
}

/** HASH: the plan that the workspace has; RUN: its last export; the others: what the lab has printed. */
async function withPlaceholders(words: readonly string[], run: (args: readonly string[]) => ReturnType<typeof guestbridge>, lab: Endpoints | null): Promise<readonly string[]> {
  const printed = new Map(lab === null ? [] : [
    ['GRAPH_URL', lab.graphUrl], ['SIGN_IN_URL', lab.signInUrl], ['CA_FILE', lab.caFile], ['TENANT', lab.tenantId], ['CLIENT', lab.clientId], ['LDAPS_URL', lab.ldapsUrl], ['ACCOUNT', lab.account], ['GUEST_OU', lab.domain.guestOu],
  ])
  const filled: string[] = []
  for (const word of words) {
    if (word === 'HASH') filled.push((documentOf(await run(['--workspace', 'W', '--json', 'plan'])) as { hash: string }).hash)
    else if (word === 'RUN') filled.push(String((documentOf(await run(['--workspace', 'W', '--json', 'history', '--step', 'export'])) as { runs: { id: number }[] }).runs[0]?.id))
    else filled.push(printed.get(word) ?? word)
  }
  return filled
}
