import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgetInProxy, keepProxy, readKeptProxy, type KeptProxy } from '../../src/main/service/keptProxy.ts'
import { forgetLastCheck, keepCheck, readLastCheck } from '../../src/main/service/lastDelegationCheck.ts'
import type { DelegationReport } from '../../src/shared/api/delegationCalls.ts'

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guestbridge-delegation-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

const ana = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const kept: KeptProxy = {
  readAt: '2026-03-01T08:00:00.000Z', account: 'admin@contoso.onmicrosoft.com',
  proxy: {
    connectors: [{ id: 'c', machineName: 'connector01.contoso.lab', status: 'active', group: null }],
    applications: [
      { id: 'a', name: 'ERP', group: null, internalUrl: null, singleSignOnMode: null, preAuthentication: null, spn: 'HTTP/erp', mapping: 'userPrincipalName', assignedTo: [ana, 'another'] },
      { id: 'b', name: 'Intranet', group: null, internalUrl: null, singleSignOnMode: null, preAuthentication: null, spn: null, mapping: null, assignedTo: null },
    ],
  },
}
const report: DelegationReport = {
  facts: { readAt: '2026-03-01T08:00:00.000Z', domains: [], connectors: [], applications: [], guests: [], services: {}, names: {}, proofs: [] },
  findings: [], cells: [], readiness: [], guestsLeftOut: 3, proxy: { kind: 'notWanted' },
}

describe('what was read of application proxy', () => {
  it('is there for whoever asks later, and for the owner of the workspace alone', async () => {
    expect(await readKeptProxy(folder)).toEqual({ ok: true, value: null })
    await keepProxy(folder, kept)
    expect(await readKeptProxy(folder)).toMatchObject({ ok: true, value: kept })
    expect((await stat(join(folder, 'delegation', 'application-proxy.json'))).mode & 0o077).toBe(0)
  })

  it('names a person who is purged no more, and keeps "everybody" as it is', async () => {
    await keepProxy(folder, kept)
    await forgetInProxy(folder, ana.toUpperCase())
    expect(await readFile(join(folder, 'delegation', 'application-proxy.json'), 'utf8')).not.toContain(ana)
    expect(await readKeptProxy(folder)).toMatchObject({ ok: true, value: { proxy: { applications: [{ assignedTo: ['another'] }, { assignedTo: null }] } } })
  })

  it('that is damaged does not keep a person who is purged', async () => {
    await keepProxy(folder, kept)
    const file = join(folder, 'delegation', 'application-proxy.json')
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, -10))
    await forgetInProxy(folder, ana)
    expect(await readKeptProxy(folder)).toEqual({ ok: true, value: null })
  })

  it('that is damaged is said to be, with what to do', async () => {
    await keepProxy(folder, kept)
    await writeFile(join(folder, 'delegation', 'application-proxy.json'), '{"version": 1')
    expect(await readKeptProxy(folder)).toMatchObject({ ok: false, problem: { kind: 'storeDamaged', remedy: expect.stringContaining('--sign-in') as unknown } })
  })
})

describe('the last check', () => {
  it('comes back as it was kept, and is gone after a purge', async () => {
    expect(await readLastCheck(folder)).toEqual({ ok: true, value: null })
    await keepCheck(folder, report)
    expect(await readLastCheck(folder)).toEqual({ ok: true, value: report })
    await forgetLastCheck(folder)
    await forgetLastCheck(folder)
    expect(await readLastCheck(folder)).toEqual({ ok: true, value: null })
  })

  it('of another version is as good as none, and a damaged one is named', async () => {
    await keepCheck(folder, report)
    const file = join(folder, 'delegation', 'last-check.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"version":1', '"version":2'))
    expect(await readLastCheck(folder)).toEqual({ ok: true, value: null })
    for (const damaged of [text.slice(0, 100), text.replace('"findings":[]', '"findings":{}'), text.replace('"domains":[],', ''), text.replace('"cells":[]', '"cells":[null]')]) {
      await writeFile(file, damaged)
      expect(await readLastCheck(folder)).toMatchObject({ ok: false, problem: { kind: 'storeDamaged', message: expect.stringContaining(file) as unknown } })
    }
  })
})
