import { describe, expect, it } from 'vitest'
import { openReadAhead } from '../../src/main/service/readAhead.ts'
import type { WindowLists } from '../../src/main/service/windowLists.ts'
import { succeed } from '../../src/shared/domain/result.ts'

function listsThat(prepare: (name: string) => Promise<void>): WindowLists {
  const list = (name: string) => ({ prepare: () => prepare(name), open: async () => ({ view: 1, total: 0, facets: {} }), rows: () => null, find: () => null, close: () => undefined })
  return { guests: list('guests'), changes: list('changes'), persons: list('persons') }
}

const [idle, busy] = [() => Promise.resolve(false), () => Promise.resolve(true)]

describe('what is read ahead', () => {
  it('is nothing for whoever is no window', async () => {
    const read: string[] = []
    const ahead = openReadAhead(() => Promise.resolve(null), listsThat(async (name) => void read.push(name)), idle)
    await ahead.planDigest()
    expect(read).toEqual([])
  })

  it('are the lists, once the window has begun and each time it asks for the plan', async () => {
    const read: string[] = []
    const ahead = openReadAhead(() => Promise.resolve(null), listsThat(async (name) => void read.push(name)), idle)
    await ahead.begin()
    expect(read).toEqual(['guests', 'changes', 'persons'])
    await ahead.planDigest()
    await expect.poll(() => read).toEqual(['guests', 'changes', 'persons', 'guests', 'changes', 'persons'])
  })

  it('are not the persons while something runs, but after it', async () => {
    const read: string[] = []
    const running = { now: busy }
    const ahead = openReadAhead(() => Promise.resolve(null), listsThat(async (name) => void read.push(name)), () => running.now())
    await ahead.begin()
    expect(read).toEqual(['guests', 'changes'])
    running.now = idle
    await ahead.planDigest()
    await expect.poll(() => read).toEqual(['guests', 'changes', 'guests', 'changes', 'persons'])
  })

  it('are no more lists once the service is closed', async () => {
    const read: string[] = []
    const ahead = openReadAhead(() => Promise.resolve(null), listsThat(async (name) => {
      read.push(name)
      if (name === 'changes') ahead.close()
    }), idle)
    await ahead.begin()
    expect(read).toEqual(['guests', 'changes'])
  })

  it('says what failed to whoever began, and never keeps the plan from a screen', async () => {
    const ahead = openReadAhead(() => Promise.resolve(null), listsThat(() => Promise.reject(new Error('damaged'))), idle)
    await expect(ahead.begin()).rejects.toThrow('damaged')
    await expect(ahead.planDigest().then(succeed)).resolves.toEqual({ ok: true, value: null })
  })

  it('ends without a word when the service is closed meanwhile', async () => {
    const ahead = openReadAhead(() => Promise.resolve(null), listsThat(async () => {
      ahead.close()
      throw new Error('closed')
    }), idle)
    await expect(ahead.begin()).resolves.toBeUndefined()
  })
})
