import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shippedRuleSets } from '../../src/main/rules/shippedRuleSets.ts'
import { readDeciding } from '../../src/main/service/readRules.ts'
import type { WorkspaceConfiguration } from '../../src/main/workspace/configuration.ts'
import { sample } from '../workspace/sample.ts'

const configuration: WorkspaceConfiguration = { ...sample, rules: { set: { file: 'rules.json' }, ...('parameters' in sample.rules ? { parameters: sample.rules.parameters } : {}) } }
const sound = JSON.stringify(shippedRuleSets.guestbridge, null, 2)

describe('a rule file of the workspace', () => {
  let folder = ''
  const file = (): string => join(folder, 'rules.json')
  const messagesOf = async (content: string | Buffer): Promise<readonly string[]> => {
    await writeFile(file(), content)
    const read = await readDeciding(folder, configuration)
    return read.ok ? [] : read.problem.map(({ message }) => message)
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-rules-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('is read, with a byte order mark too', async () => {
    expect(await messagesOf(sound)).toEqual([])
    expect(await messagesOf(`\uFEFF${sound}`)).toEqual([])
  })

  test('that is no JSON is refused with line, column and what is missing', async () => {
    expect((await messagesOf('{\n  "version": 1\n  "rules": []\n}'))[0]).toBe(`${file()}:3:3: This is no JSON here: a comma is missing before this.`)
  })

  test('with a rule that does not hold is refused with the line of that rule', async () => {
    const lines = sound.split('\n')
    const line = lines.findIndex((text) => text.includes('"direction": "inbound"'))
    expect(line).toBeGreaterThan(0)
    const messages = await messagesOf(lines.map((text, index) => (index === line ? text.replace('inbound', 'sideways') : text)).join('\n'))
    expect(messages[0]).toContain(`${file()}:${line + 1}:`)
  })

  test('in UTF-16 is refused for that', async () => {
    expect(await messagesOf(Buffer.from(`\uFEFF${sound}`, 'utf16le'))).toEqual([`${file()}: The file is not written in UTF-8.`])
  })

  test('that cannot be read is refused with the reason', async () => {
    const read = await readDeciding(folder, { ...configuration, rules: { ...configuration.rules, set: { file: 'nowhere.json' } } })
    expect(read).toMatchObject({ ok: false, problem: [{ kind: 'rulesInvalid', message: expect.stringContaining('ENOENT') as string }] })
  })
})
