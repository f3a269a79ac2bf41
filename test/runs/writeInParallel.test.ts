import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/shared/domain/change.ts'
import type { PlanLine } from '../../src/shared/domain/plan.ts'
import { touchedNames, writeInParallel } from '../../src/main/runs/export/writeInParallel.ts'
import { createOf, dn, updateOf } from './sampleChanges.ts'

const from = { rule: 'r', source: 's', connector: 'entra' } as const

async function* linesOf(changes: readonly Change[]): AsyncGenerator<PlanLine> {
  for (const [index, change] of changes.entries()) yield { change, hash: String(index) }
}

/** What was going on at the same time, as pairs of hashes, and the order of beginning. */
async function observe(changes: readonly Change[], limit: number): Promise<{ readonly order: readonly string[]; readonly together: ReadonlySet<string>; readonly most: number }> {
  const order: string[] = []
  const together = new Set<string>()
  const running = new Set<string>()
  let most = 0
  await writeInParallel(linesOf(changes), limit, () => false, async ({ hash }) => {
    order.push(hash)
    for (const other of running) together.add([other, hash].sort().join())
    running.add(hash)
    most = Math.max(most, running.size)
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    running.delete(hash)
  })
  return { order, together, most }
}

const renamed = (number: number, before: string, after: string): Change => updateOf(number, { attributes: [{ name: 'userPrincipalName', before: [before], after: [after], from }] })

describe('writing several accounts at a time', () => {
  it('keeps to the number of connections and begins in the order of the plan', async () => {
    const { order, most } = await observe(Array.from({ length: 20 }, (_, index) => updateOf(index)), 4)
    expect(most).toBe(4)
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => String(index)))
  })

  it('writes changes of one account one after the other', async () => {
    const { together } = await observe([updateOf(1), updateOf(1, { attributes: [] }), updateOf(2)], 4)
    expect(together.has('0,1')).toBe(false)
    expect(together.has('0,2')).toBe(true)
  })

  it('lets who takes a name wait for who gives it up, whatever its case', async () => {
    const { together, order } = await observe([renamed(1, 'Ana@x', 'ana2@x'), renamed(2, 'eva@x', 'ana@X'), updateOf(3)], 4)
    expect(together.has('0,1')).toBe(false)
    expect(order.indexOf('0')).toBeLessThan(order.indexOf('1'))
  })

  it('knows a name that is taken by a new account as well', () => {
    const leaving = updateOf(1, { kind: 'rename', dn: dn('CN=a,OU=G,DC=x'), newDn: dn('CN=b,OU=G,DC=x'), attributes: [] })
    const taking = createOf(2, { dn: dn('CN=A,OU=G,DC=x') })
    expect(touchedNames(leaving).filter((name) => touchedNames(taking).includes(name))).toEqual(['dn:cn=a,ou=g,dc=x'])
  })

  it('begins nothing more once it is stopped, and waits for what was begun', async () => {
    const [begun, ended]: [string[], string[]] = [[], []]
    await writeInParallel(linesOf(Array.from({ length: 10 }, (_, index) => updateOf(index))), 2, () => begun.length >= 3, async ({ hash }) => {
      begun.push(hash)
      await new Promise((resolve) => setImmediate(resolve))
      ended.push(hash)
    })
    expect(begun).toEqual(['0', '1', '2'])
    expect(ended).toEqual(begun)
  })

  it('hands on a failure of ours only after the others have ended', async () => {
    let ended = 0
    const work = writeInParallel(linesOf([updateOf(1), updateOf(2), updateOf(3)]), 3, () => false, async ({ hash }) => {
      await new Promise((resolve) => setImmediate(resolve))
      if (hash === '1') throw new Error('a bug')
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      ended += 1
    })
    await expect(work).rejects.toThrow('a bug')
    expect(ended).toBe(2)
  })

  it('writes every change exactly once, and never two that touch one name at the same time', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)), { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), async (moves, limit) => {
      const changes = moves.map(([account, before, after]) => renamed(account, `${before}@x`, `${after}@x`))
      const { order, together } = await observe(changes, limit)
      expect(order.toSorted()).toEqual(changes.map((_, index) => String(index)).toSorted())
      for (const pair of together) {
        const [left, right] = pair.split(',').map((index) => touchedNames(changes[Number(index)] ?? updateOf(0)))
        expect(left?.some((name) => right?.includes(name))).toBe(false)
      }
    }), { numRuns: 50 })
  })
})
