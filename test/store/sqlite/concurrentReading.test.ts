import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { account } from '../rows.ts'
import { beginRun, importAll, openReader, openWriter, temporaryWorkspace } from '../worlds.ts'
import { startChild } from './childProcess.ts'

const accounts = (length: number) => Array.from({ length }, (_, number) => account(number, { description: ['x'.repeat(300)] }))

test('a reader in another process sees the old state until the import commits, then the new one, never a part', { timeout: 60_000 }, async () => {
  const folder = temporaryWorkspace()
  const writer = await openWriter(folder)
  await importAll(writer, accounts(100))
  const reader = startChild('./countingReader.ts', [folder])
  expect(await reader.nextLine()).toBe('reading')
  await setTimeout(50)
  const run = await beginRun(writer)
  await writer.stagePage(run, accounts(8_000))
  await writer.applyFullImport(run, 'ad', {})
  await setTimeout(50)
  reader.process.stdin?.end()
  expect(JSON.parse(await reader.nextLine())).toEqual([100, 8_000])
})

test('a reader that was open before sees what is committed later, and each writer connection the other\'s', async () => {
  const folder = temporaryWorkspace()
  const writer = await openWriter(folder)
  const reader = await openReader(folder)
  expect(await reader.runs(5)).toEqual([])
  const { run } = await importAll(writer, accounts(3))
  expect((await reader.run(run))?.status).toBe('succeeded')
  expect(await reader.countConnectorObjects('ad')).toBe(3)
})
