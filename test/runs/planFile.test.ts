import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../src/shared/domain/change.ts'
import type { PlanLine } from '../../src/shared/domain/plan.ts'
import { planOfOne, summarize, type Plan } from '../../src/main/runs/plan.ts'
import { readPlanFile, writePlanFile } from '../../src/main/runs/planFile.ts'
import { hashChange } from '../../src/main/runs/planHash.ts'
import { createOf, header, updateOf } from './sampleChanges.ts'

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-plan-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

async function planOf(changes: readonly Change[]): Promise<Plan> {
  const all: readonly PlanLine[] = changes.map((change) => ({ change, hash: hashChange(change) }))
  const lines = async function* () { yield* all }
  return { header, lines, ...(await summarize(header, lines())) }
}

async function written(changes: readonly Change[]): Promise<{ readonly file: string; readonly plan: Plan }> {
  const plan = await planOf(changes)
  const file = join(folder, 'plan.jsonl')
  await writePlanFile(file, plan)
  return { file, plan }
}

describe('a plan file', () => {
  it('comes back with the same hash and the same changes', async () => {
    const { file, plan } = await written([updateOf(1), createOf(2)])
    const read = await readPlanFile(file)
    if (!read.ok) throw new Error(read.problem.message)
    expect(read.value.hash).toBe(plan.hash)
    expect(read.value.counts).toMatchObject({ create: 1, update: 1, total: 2 })
    const changes: Change[] = []
    for await (const line of read.value.lines()) changes.push(line.change)
    expect(changes).toEqual([updateOf(1), createOf(2)])
  })

  it('is refused with its line when a change was edited after the plan was made', async () => {
    const { file } = await written([updateOf(1), createOf(2)])
    await writeFile(file, (await readFile(file, 'utf8')).replace('Ana Souza","company', 'Eve Souza","company'))
    expect(await readPlanFile(file)).toMatchObject({ ok: false, problem: { kind: 'planUnreadable', detail: { line: 2 } } })
  })

  it('has another hash when a line is missing, so that the approval does not fit', async () => {
    const { file, plan } = await written([updateOf(1), createOf(2)])
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
    await writeFile(file, `${lines.slice(0, -1).join('\n')}\n`)
    const read = await readPlanFile(file)
    expect(read.ok && read.value.hash !== plan.hash).toBe(true)
  })

  it.each([
    ['nothing', '', 'the file is empty'],
    ['another format', '{"format":"terraform"}\n', 'the header'],
    ['text', 'hello\n', 'the header'],
    ['a header of a newer version', JSON.stringify({ ...header, version: 2 }), 'the header'],
  ])('is refused in words when it holds %s', async (_what, content, why) => {
    const file = join(folder, 'bad.jsonl')
    await writeFile(file, content)
    const read = await readPlanFile(file)
    expect(read).toMatchObject({ ok: false, problem: { kind: 'planUnreadable' } })
    expect(!read.ok && read.problem.message).toContain(why)
  })

  it('that does not exist is named in the problem', async () => {
    const file = join(folder, 'missing.jsonl')
    const read = await readPlanFile(file)
    expect(!read.ok && read.problem.message).toContain(file)
  })

  it('keeps any text of an attribute exactly', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const change = updateOf(1, { attributes: [{ name: 'sn', before: [text], after: [`${text}x`], from: { rule: 'r', source: 's', connector: null } }] })
      const { file, plan } = await written([change])
      const read = await readPlanFile(file)
      expect(read.ok && read.value.hash).toBe(plan.hash)
    }), { numRuns: 50 })
  })
})

describe('the hash of a plan', () => {
  it('depends on header, changes and their order', async () => {
    const hashes = await Promise.all([
      planOf([updateOf(1), createOf(2)]), planOf([createOf(2), updateOf(1)]), planOf([updateOf(1)]), planOf([]),
    ]).then((plans) => plans.map((plan) => plan.hash))
    const other = await summarize({ ...header, domainSid: 'S-1-5-21-9-9-9' }, (await planOf([updateOf(1)])).lines())
    expect(new Set([...hashes, other.hash]).size).toBe(5)
  })

  it('of one change is that of a plan which holds it alone', async () => {
    const line = { change: createOf(2), hash: hashChange(createOf(2)) }
    expect(planOfOne(header, line).hash).toBe((await planOf([createOf(2)])).hash)
  })
})
