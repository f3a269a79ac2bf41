import { describe, expect, it } from 'vitest'
import { openReadAhead } from '../../src/main/service/readAhead.ts'
import type { WindowLists } from '../../src/main/service/windowLists.ts'
import { succeed } from '../../src/shared/domain/result.ts'

function listsThat(prepare: (name: string) => Promise<void>): Pick<WindowLists, 'guests' | 'changes'> {
  const list = (name: string) => ({ prepare: () => prepare(name), open: async () => ({ view: 1, total: 0, facets: {} }), rows: () => null, find: () => null, close: () => undefined })
  return { guests: list('guests'), changes: list('changes') }
}

describe('what is read ahead', () => {
  it('is nothing for whoever is no window', async () => {
    const read: string[] = []
    const ahead = openReadAhead(() => Promise.resolve(null), listsThat(async (name) => void read.push(name)))
    await ahead.planDigest()
    expect(read).toEqual([])
  })

  it('are the lists, once the window has begun and each time it asks for the plan', async () => {
    const read: string[] = []
    const ahead = openReadAhead(() => Promise.resolve(null), listsThat(async (name) => void read.push(name)))
    await ahead.begin()
    expect(read).toEqual(['guests', 'changes'])
    await ahead.planDigest()
    await expect.poll(() => read).toEqual(['guests', 'changes', 'guests', 'changes'])
  })

  it('says what failed to whoever began, and never keeps the plan from a screen', async () => {
    const ahead = openReadAhead(() => Promise.resolve(null), listsThat(() => Promise.reject(new Error('damaged'))))
    await expect(ahead.begin()).rejects.toThrow('damaged')
    await expect(ahead.planDigest().then(succeed)).resolves.toEqual({ ok: true, value: null })
  })

  it('ends without a word when the service is closed meanwhile', async () => {
    const ahead = openReadAhead(() => Promise.resolve(null), listsThat(async () => {
      ahead.close()
      throw new Error('closed')
    }))
    await expect(ahead.begin()).resolves.toBeUndefined()
  })
})
