import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { initialiseWorkspace } from '../../src/main/workspace/initialiseWorkspace.ts'
import { readWorkspaceConfiguration } from '../../src/main/workspace/readConfiguration.ts'
import { sample } from './sample.ts'

let parent: string
beforeEach(async () => { parent = await mkdtemp(join(tmpdir(), 'guestbridge-')) })
afterEach(async () => { await rm(parent, { recursive: true }) })
const choices = { kind: 'production', name: 'Contoso', entra: sample.entra, activeDirectory: sample.activeDirectory } as const

test('writes a workspace that reads back as it was made, in a folder for its owner alone', async () => {
  const folder = join(parent, 'new', 'workspace')
  const made = await initialiseWorkspace(folder, choices)
  expect(made.ok && made.value).toMatchObject({ version: 1, purpose: 'production', cycle: ['ad full import', 'entra full import', 'prove absence', 'full synchronization'] })
  expect(await readWorkspaceConfiguration(folder)).toEqual(made)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
})

test('puts the schema that it names beside the configuration', async () => {
  await initialiseWorkspace(parent, choices)
  expect((await readdir(parent)).sort()).toEqual(['workspace.json', 'workspace.schema.json'])
  const text = await readFile(join(parent, 'workspace.json'), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ $schema: './workspace.schema.json' })
  expect(text.endsWith('}\n')).toBe(true)
})

test('two workspaces never have the same id', async () => {
  const made = await Promise.all(['a', 'b'].map(async (name) => initialiseWorkspace(join(parent, name), choices)))
  expect(new Set(made.map((each) => (each.ok ? each.value.id : 'none'))).size).toBe(2)
})

test('leaves a workspace that is there already as it is', async () => {
  await writeFile(join(parent, 'workspace.json'), 'mine')
  const made = await initialiseWorkspace(parent, choices)
  expect(made).toMatchObject({ ok: false, problem: [{ message: 'There is a workspace already; it was left as it is.' }] })
  expect(await readdir(parent)).toEqual(['workspace.json'])
  expect(await readFile(join(parent, 'workspace.json'), 'utf8')).toBe('mine')
})

test('refuses wrong choices before anything is written', async () => {
  const made = await initialiseWorkspace(join(parent, 'w'), { ...choices, kind: 'lab', entra: { ...sample.entra, tenantId: 'contoso' } })
  expect(made).toMatchObject({ ok: false, problem: [{ path: '/entra/tenantId' }] })
  expect(await readdir(parent)).toEqual([])
})

test('a folder without workspace is a problem that says how to make one', async () => {
  expect(await readWorkspaceConfiguration(parent)).toMatchObject({ ok: false, problem: [{ message: 'There is no workspace in this folder.', allowed: expect.stringContaining('--workspace') as string }] })
})

test('names every file that cannot be read, with its line', async () => {
  const entra = { ...sample.entra, caFile: 'proxy.pem', credential: { kind: 'certificate', file: 'entra.p12' } }
  await writeFile(join(parent, 'proxy.pem'), '')
  await writeFile(join(parent, 'workspace.json'), JSON.stringify({ ...sample, entra, rules: { set: { file: 'rules.json' } } }, null, 2))
  const read = await readWorkspaceConfiguration(parent)
  expect(read.ok ? [] : read.problem.map(({ path, value }) => [path, value])).toEqual([['/entra/credential/file', '"entra.p12"'], ['/rules/set/file', '"rules.json"']])
})

test('says why a configuration cannot be read', async () => {
  await mkdir(join(parent, 'workspace.json'))
  const read = await readWorkspaceConfiguration(parent)
  expect(read).toMatchObject({ ok: false, problem: [{ message: expect.stringContaining('EISDIR') as string, allowed: 'a file that this account may read' }] })
})
