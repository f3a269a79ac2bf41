import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDelegationPlan, writeDelegationPlan } from '../../../src/main/kcd/planning/delegationPlanFile.ts'
import { makeDelegationPlan } from '../../../src/main/kcd/planning/makeDelegationPlan.ts'
import type { DelegationChange } from '../../../src/shared/domain/delegationPlan.ts'
import { valueOf } from '../../contract/directoryUnderTest.ts'
import { account, descriptorFor, guid, sid } from '../rules/planning/world.ts'
import { planOver, temporaryFolder } from './delegationWorkspace.ts'

const [proxy, pool] = [account(1, 'C1$', { allowedToDelegateTo: ['HTTP/süd.contoso.test'] }), account(2, 'svc-pool', { encryptionTypes: 4 })]
const connectors = [sid('S-1-5-21-1-2-3-1001')]
const plan = planOver([proxy, pool], [
  { kind: 'allowService', account: guid(1), spn: 'HTTP/erp.contoso.test' }, { kind: 'useAnyProtocol', account: guid(1) }, { kind: 'allowAes', account: guid(2) },
  { kind: 'trustConnectors', service: guid(2), connectors }, { kind: 'registerService', account: guid(2), spn: 'HTTP/new.contoso.test' },
])

async function written() {
  const file = join(await temporaryFolder(), 'plan.jsonl')
  valueOf(writeDelegationPlan(file, plan))
  return file
}

test('comes back as it was written, with the same hash', async () => {
  expect(plan.lines.map(({ change }) => change.attribute)).toContain('msDS-AllowedToActOnBehalfOfOtherIdentity')
  expect(valueOf(await readDelegationPlan(await written()))).toEqual(plan)
})

test('an undo has its purpose in the header', async () => {
  const file = join(await temporaryFolder(), 'undo.jsonl')
  const undo = { ...plan, header: { ...plan.header, purpose: { kind: 'undo', run: 7 } } as const }
  valueOf(writeDelegationPlan(file, undo))
  expect(valueOf(await readDelegationPlan(file)).header.purpose).toEqual({ kind: 'undo', run: 7 })
})

test.each<[string, (text: string) => string, number]>([
  ['a value that was edited', (text) => text.replaceAll('HTTP/erp.contoso.test"]', 'HTTP/evil.contoso.test"]'), 0],
  ['a reason that was edited', (text) => text.replace('is to accept AES', 'is not to accept AES'), 0],
  ['a member that was added', (text) => text.replace('"cautions":', '"also":1,"cautions":'), 2],
  ['an account that is none', (text) => text.replace(guid(2), 'somebody'), 0],
  ['an attribute that is none of delegation', (text) => text.replace('"attribute":"servicePrincipalName"', '"attribute":"unicodePwd"'), 0],
  ['another version', (text) => text.replace('"version":1', '"version":2'), 1],
  ['a plan of accounts', (text) => text.replace('guestbridge-delegation-plan', 'guestbridge-plan'), 1],
  ['half a line', (text) => text.slice(0, -40), 6],
  ['nothing', () => '', 1],
])('%s is refused as a whole, and the line is named', async (_, edit, line) => {
  const file = await written()
  const before = await readFile(file, 'utf8')
  const after = edit(before)
  expect(after).not.toBe(before)
  await writeFile(file, after)
  const read = await readDelegationPlan(file)
  expect(read).toMatchObject({ ok: false, problem: { kind: 'planUnreadable', remedy: expect.stringContaining('kcd plan') } })
  if (!read.ok && line > 0) expect(read.problem.detail).toEqual({ file, line })
})

test('a line that was left out is another plan than the approved one', async () => {
  const file = await written()
  await writeFile(file, (await readFile(file, 'utf8')).split('\n').toSpliced(2, 1).join('\n'))
  const read = valueOf(await readDelegationPlan(file))
  expect(read.lines).toHaveLength(plan.lines.length - 1)
  expect(read.hash).not.toBe(plan.hash)
})

test.each<[string, Partial<DelegationChange>]>([
  ['bits of an account that are none of delegation', { attribute: 'userAccountControl', before: ['4098'], after: ['4096'] }],
  ['no number', { attribute: 'userAccountControl', before: ['4096'], after: ['none'] }],
  ['a control that is taken away', { attribute: 'userAccountControl', before: ['4096'], after: [] }],
  ['two encryption types', { attribute: 'msDS-SupportedEncryptionTypes', before: [], after: ['8', '16'] }],
  ['a descriptor that is none', { attribute: 'msDS-AllowedToActOnBehalfOfOtherIdentity', before: [], after: ['AQAEgA=='] }],
  ['an empty SPN', { attribute: 'servicePrincipalName', before: [], after: [''] }],
])('a plan that somebody made by hand, hashes and all, is refused for %s', async (_, values) => {
  const [line] = plan.lines
  if (line === undefined) throw new Error('The plan is empty')
  const forged = makeDelegationPlan(plan.header, [{ ...line.change, ...values }])
  const file = join(await temporaryFolder(), 'forged.jsonl')
  valueOf(writeDelegationPlan(file, forged))
  expect(await readDelegationPlan(file)).toMatchObject({ ok: false, problem: { kind: 'planUnreadable', detail: { file, line: 2 } } })
})

test('a file that is not there, and a folder that is not there, are told', async () => {
  const nowhere = join(await temporaryFolder(), 'none', 'plan.jsonl')
  expect(await readDelegationPlan(nowhere)).toMatchObject({ ok: false, problem: { kind: 'planUnreadable' } })
  expect(writeDelegationPlan(nowhere, plan)).toMatchObject({ ok: false, problem: { kind: 'planUnreadable', message: expect.stringContaining('ENOENT') } })
  expect(descriptorFor(...connectors)).toBe(plan.lines.find(({ change }) => change.attribute === 'msDS-AllowedToActOnBehalfOfOtherIdentity')?.change.after[0])
})
