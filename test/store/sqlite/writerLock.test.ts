import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { WriterLock } from '../../../src/main/store/sqlite/writerLock.ts'
import { acquireWriter } from '../../../src/main/store/sqlite/writerLock.ts'
import { account, morning } from '../rows.ts'
import { importAll, openReader, openWriter, temporaryWorkspace } from '../worlds.ts'
import { startChild } from './childProcess.ts'

const holder = (what: string) => ({ what, pid: process.pid, since: morning })

function acquire(folder: string, what: string): WriterLock {
  const acquired = acquireWriter(folder, holder(what))
  if (!acquired.ok) throw new Error(acquired.problem.message)
  onTestFinished(() => acquired.value.release())
  return acquired.value
}

test('says who holds the workspace and since when', () => {
  const folder = temporaryWorkspace()
  acquire(folder, 'the hourly cycle')
  const second = acquireWriter(folder, holder('an export'))
  expect(second).toMatchObject({ ok: false, problem: { kind: 'locked', detail: { what: 'the hourly cycle', pid: process.pid, since: morning } } })
  expect(second.ok ? '' : second.problem.message).toBe(`The workspace is in use by the hourly cycle (process ${process.pid}, since ${morning}).`)
})

test('is free again after it was released, also when it is released twice', () => {
  const folder = temporaryWorkspace()
  const first = acquire(folder, 'one')
  first.release()
  first.release()
  acquire(folder, 'two')
  expect(acquireWriter(folder, holder('three'))).toMatchObject({ ok: false, problem: { detail: { what: 'two' } } })
})

test('of one workspace does not hinder another', () => {
  acquire(temporaryWorkspace(), 'one')
  expect(acquire(temporaryWorkspace(), 'two').holder.what).toBe('two')
})

test('holds between processes and is free at once when the holder is killed', async () => {
  const folder = temporaryWorkspace()
  const first = startChild('./holdLock.ts', [folder, 'the first process'])
  expect(await first.nextLine()).toBe('acquired')
  const second = startChild('./holdLock.ts', [folder, 'the second process'])
  expect(await second.nextLine()).toBe(`The workspace is in use by the first process (process ${first.process.pid}, since ${morning}).`)
  expect(acquireWriter(folder, holder('this one'))).toMatchObject({ ok: false, problem: { detail: { pid: first.process.pid } } })
  await first.kill()
  acquire(folder, 'this one')
  expect(acquireWriter(folder, holder('another'))).toMatchObject({ ok: false, problem: { detail: { what: 'this one', pid: process.pid } } })
})

test('is not lost to another process when its own process asks for it a second time', async () => {
  const folder = temporaryWorkspace()
  acquire(folder, 'this one')
  expect(acquireWriter(folder, holder('this one again')).ok).toBe(false)
  const child = startChild('./holdLock.ts', [folder, 'another process'])
  expect(await child.nextLine()).toMatch(/in use by this one/)
})

test('goes to exactly one of many processes that ask at the same time, and the others name that one', { timeout: 60_000 }, async () => {
  const folder = temporaryWorkspace()
  const children = Array.from({ length: 4 }, (_, number) => startChild('./holdLock.ts', [folder, `process number ${number}`]))
  const answers = await Promise.all(children.map((child) => child.nextLine()))
  const winner = answers.indexOf('acquired')
  const others = answers.filter((_, number) => number !== winner)
  const expected = `The workspace is in use by process number ${winner} (process ${children[winner]?.process.pid}, since ${morning}).`
  expect(others).toEqual([expected, expected, expected])
})

test('does not hinder reading', async () => {
  const folder = temporaryWorkspace()
  await importAll(await openWriter(folder), [account(1)])
  acquire(folder, 'the hourly cycle')
  expect(await (await openReader(folder)).countConnectorObjects('ad')).toBe(1)
})

test('lies in files that only this user may read', () => {
  const folder = temporaryWorkspace()
  acquire(folder, 'one')
  for (const name of ['lock.sqlite', 'lock-holder.sqlite']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
})

test('is refused with a reason where the workspace folder does not exist or the lock file is something else', () => {
  expect(acquireWriter(join(temporaryWorkspace(), 'missing'), holder('one'))).toMatchObject({ ok: false, problem: { kind: 'notFoundInWorkspace' } })
  const folder = temporaryWorkspace()
  writeFileSync(join(folder, 'lock-holder.sqlite'), 'something else '.repeat(100))
  expect(acquireWriter(folder, holder('one'))).toMatchObject({ ok: false, problem: { kind: 'storeDamaged' } })
})
