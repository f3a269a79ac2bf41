import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { Attribute, Change, Client } from 'ldapts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LabOccupiedError, startLab } from '../../src/main/lab/lab.ts'
import type { LabEndpoints } from '../../src/main/lab/labEndpoints.ts'
import { openLab } from '../../src/main/lab/openLab.ts'
import { seedExpectations } from '../../src/main/lab/seed/seedExpectations.ts'
import { ldapSearch } from '../fixtures/ldapSearch.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'

const workerEntry = new URL('../../src/main/lab/labWorker.ts', import.meta.url)
const systemAuthorities = getCACertificates('default')

let folder: string
const processes: ChildProcess[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guestbridge-lab-'))
})
afterEach(async () => {
  for (const child of processes.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  }
  await rm(folder, { recursive: true, force: true })
})

describe('a lab', () => {
  it('answers as tenant and as domain with what its endpoints say', async () => {
    const lab = await startLab(folder)
    expect(await countGuests(lab.endpoints)).toBe(seedExpectations.guests)
    const accounts = await searchAs(lab.endpoints, lab.endpoints.account, lab.endpoints.accountPassword, lab.endpoints.domain.guestOu, '(objectClass=user)')
    expect(accounts).toHaveLength(seedExpectations.shadowAccounts)
    const everyone = await searchAs(lab.endpoints, lab.endpoints.administrator, lab.endpoints.administratorPassword, `OU=Employees,${lab.endpoints.domain.baseDn}`, '(objectClass=user)')
    expect(everyone).toHaveLength(seedExpectations.employees)
    await lab.close()
  })

  it.skipIf(!requireGroup('directory').available)('can be read with the tools of OpenLDAP, whose library does not take localhost for the name of a server', async () => {
    const lab = await startLab(folder)
    const { endpoints } = lab
    const source = { url: endpoints.ldapsUrl, caFile: endpoints.caFile, account: endpoints.account, password: endpoints.accountPassword }
    expect(await ldapSearch(source, endpoints.domain.guestOu, '(objectClass=user)', ['cn'])).toHaveLength(seedExpectations.shadowAccounts)
    await lab.close()
  })

  it('lets its service account write in the OU of the guests and nowhere else', async () => {
    const lab = await startLab(folder)
    const { endpoints } = lab
    const change = new Change({ operation: 'replace', modification: new Attribute({ type: 'description', values: ['changed'] }) })
    await withClient(endpoints, endpoints.account, endpoints.accountPassword, async (client) => {
      const inside = await firstDn(client, endpoints.domain.guestOu)
      const outside = await firstDn(client, `OU=Employees,${endpoints.domain.baseDn}`)
      await client.modify(inside, change)
      await expect(client.modify(outside, change)).rejects.toMatchObject({ code: 50 })
    })
    await lab.close()
  })

  it('keeps ids, ports, passwords and state over a restart', async () => {
    const first = await startLab(folder)
    const dn = await withClient(first.endpoints, first.endpoints.account, first.endpoints.accountPassword, async (client) => {
      const found = await firstDn(client, first.endpoints.domain.guestOu)
      await client.modify(found, new Change({ operation: 'replace', modification: new Attribute({ type: 'displayName', values: ['Kept'] }) }))
      return found
    })
    await first.close()
    const second = await startLab(folder)
    expect(second.endpoints).toEqual(first.endpoints)
    const kept = await searchAs(second.endpoints, second.endpoints.account, second.endpoints.accountPassword, dn, '(displayName=Kept)')
    expect(kept).toHaveLength(1)
    expect(await countGuests(second.endpoints)).toBe(seedExpectations.guests)
    await second.close()
  })

  it('keeps its secrets from other users of the computer', async () => {
    const lab = await startLab(folder)
    await lab.close()
    const modeOf = async (name: string) => ((await stat(join(folder, 'lab', name))).mode & 0o777).toString(8)
    expect(await modeOf('.')).toBe('700')
    for (const name of ['lab.json', 'ca-key.pem', 'server-key.pem', 'client.pem']) expect([name, await modeOf(name)]).toEqual([name, '600'])
  })

  it('has a global catalog and no Recycle Bin, unless lab.json says otherwise', async () => {
    const first = await startLab(folder)
    const { endpoints } = first
    const here = new Set((await searchAs(endpoints, endpoints.account, endpoints.accountPassword, endpoints.domain.guestOu, '(objectClass=user)')).map(({ dn }) => dn))
    const catalog = { ...endpoints, ldapsUrl: endpoints.globalCatalogUrl ?? '' }
    expect(new Set((await searchAs(catalog, endpoints.account, endpoints.accountPassword, endpoints.domain.guestOu, '(objectClass=user)')).map(({ dn }) => dn))).toEqual(here)
    expect(await hasRecycleBin(endpoints)).toBe(false)
    await first.close()

    const file = join(folder, 'lab', 'lab.json')
    await writeFile(file, JSON.stringify({ ...(await readSettings(file)), globalCatalog: 'off', recycleBin: 'on' }))
    const second = await startLab(folder)
    expect(second.endpoints).toEqual({ ...endpoints, globalCatalogUrl: null })
    expect(await hasRecycleBin(second.endpoints)).toBe(true)
    await second.close()
  })

  it('is not the same as the lab of another folder', async () => {
    const other = await mkdtemp(join(tmpdir(), 'guestbridge-lab-'))
    const [lab, otherLab] = [await startLab(folder), await startLab(other)]
    for (const name of ['labId', 'tenantId', 'clientSecret', 'accountPassword', 'administratorPassword', 'graphUrl', 'ldapsUrl'] as const) {
      expect(lab.endpoints[name]).not.toBe(otherLab.endpoints[name])
    }
    await Promise.all([lab.close(), otherLab.close()])
    await rm(other, { recursive: true })
  })

  it('runs once for a folder', async () => {
    const lab = await startLab(folder)
    await expect(startLab(folder)).rejects.toBeInstanceOf(LabOccupiedError)
    await lab.close()
    await (await startLab(folder)).close()
  })

  it('moves to another port where a stranger has taken its own', async () => {
    const first = await startLab(folder)
    await first.close()
    const taken = Number(new URL(first.endpoints.graphUrl).port)
    const stranger = createServer()
    await once(stranger.listen(taken, '127.0.0.1'), 'listening')
    const second = await startLab(folder)
    expect(second.endpoints).toEqual({ ...first.endpoints, graphUrl: second.endpoints.graphUrl })
    expect(second.endpoints.graphUrl).not.toBe(first.endpoints.graphUrl)
    expect(await countGuests(second.endpoints)).toBe(seedExpectations.guests)
    await second.close()
    stranger.close()
    const third = await startLab(folder)
    expect(third.endpoints).toEqual(second.endpoints)
    await third.close()
  })

  it('says what is wrong with its settings rather than making new ones', async () => {
    await (await startLab(folder)).close()
    const file = join(folder, 'lab', 'lab.json')
    const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    await writeFile(file, JSON.stringify({ ...settings, tenantId: 'x' }))
    await expect(startLab(folder)).rejects.toThrow(/lab\.json is damaged: [^]*tenantId/)
    await writeFile(file, '{')
    await expect(startLab(folder)).rejects.toThrow(/lab\.json is not JSON/)
    await writeFile(file, JSON.stringify(settings))
    await (await startLab(folder)).close()
  })
})

describe('opening a lab', () => {
  it('starts it in a worker thread, and uses the one that runs', async () => {
    const own = await openLab(folder, workerEntry)
    const used = await openLab(folder, workerEntry)
    expect([own.isOwn, used.isOwn]).toEqual([true, false])
    expect(used.endpoints).toEqual(own.endpoints)
    await used.close()
    expect(await countGuests(own.endpoints)).toBe(seedExpectations.guests)
    await own.close()
    expect(await own.ended).toBeNull()
    const again = await openLab(folder, workerEntry)
    expect([again.isOwn, again.endpoints]).toEqual([true, own.endpoints])
    await again.close()
  })

  it('uses the lab of another process, and starts an own one when that was killed', async () => {
    const other = await startProcess()
    const used = await openLab(folder, workerEntry)
    expect([used.isOwn, used.endpoints]).toEqual([false, other.endpoints])
    expect(used.endpoints.pid).toBe(other.child.pid)
    other.child.kill('SIGKILL')
    await once(other.child, 'exit')
    const own = await openLab(folder, workerEntry)
    expect([own.isOwn, own.endpoints]).toEqual([true, { ...other.endpoints, pid: process.pid }])
    expect(await countGuests(own.endpoints)).toBe(seedExpectations.guests)
    await own.close()
  })

  it('gives one lab to two processes that begin at once in an empty folder', async () => {
    const opened = await Promise.all([startProcess(), startProcess()])
    expect(opened.map(({ isOwn }) => isOwn).toSorted()).toEqual([false, true])
    expect(opened[0]?.endpoints).toEqual(opened[1]?.endpoints)
    for (const { child } of opened) child.stdin?.end()
    await Promise.all(opened.map(({ child }) => once(child, 'exit')))
    expect(opened.map(({ child }) => child.exitCode)).toEqual([0, 0])
  })

  it('is not deceived by the lab of another folder that answers at its port', async () => {
    const other = await mkdtemp(join(tmpdir(), 'guestbridge-lab-'))
    await (await startLab(folder)).close()
    const otherLab = await startLab(other)
    const [mine, theirs] = [join(folder, 'lab', 'lab.json'), join(other, 'lab', 'lab.json')]
    const [settings, otherSettings] = [await readSettings(mine), await readSettings(theirs)]
    await writeFile(mine, JSON.stringify({ ...settings, ports: { ...settings.ports, control: otherSettings.ports.control } }))
    const opened = await openLab(folder, workerEntry)
    expect([opened.isOwn, opened.endpoints.labId]).toEqual([true, settings.id])
    expect((await readSettings(mine)).ports.control).not.toBe(otherSettings.ports.control)
    await opened.close()
    await otherLab.close()
    await rm(other, { recursive: true })
  })

  it('tells nothing to who has not the token of the lab', async () => {
    const lab = await startLab(folder)
    const { ports, controlToken } = await readSettings(join(folder, 'lab', 'lab.json'))
    await trust(lab.endpoints)
    const ask = (token: string, path = '/lab', method = 'GET') => fetch(`https://localhost:${ports.control}${path}`, { method, headers: { Authorization: `Bearer ${token}` } })
    expect((await ask('guess')).status).toBe(401)
    expect(await (await ask('guess')).text()).not.toContain(lab.endpoints.clientSecret)
    expect(await (await ask(controlToken)).json()).toEqual(lab.endpoints)
    expect([(await ask(controlToken, '/x')).status, (await ask(controlToken, '/lab', 'POST')).status]).toEqual([404, 405])
    await lab.close()
  })

  it('fails when the worker cannot start the lab, with what it said', async () => {
    await (await startLab(folder)).close()
    await writeFile(join(folder, 'lab', 'tenant.sqlite'), 'this is no database, whatever its name says')
    await expect(openLab(folder, workerEntry)).rejects.toThrow(/could not be started: .*database/)
  })

  it('fails when the worker dies before it has started, and tells when it dies later', async () => {
    const dying = new URL(`data:text/javascript,${encodeURIComponent('throw new Error("no luck")')}`)
    await expect(openLab(folder, dying)).rejects.toThrow(/The lab died: no luck/)
    const started = "import { parentPort } from 'node:worker_threads'; parentPort.postMessage({ kind: 'started', endpoints: {} }); setTimeout(() => { throw new Error('later') }, 50)"
    const lab = await openLab(folder, new URL(`data:text/javascript,${encodeURIComponent(started)}`))
    expect((await lab.ended)?.message).toMatch(/The lab died: later/)
    await expect(lab.close()).rejects.toThrow(/The lab died: later/)
  })
})

type Settings = { readonly id: string; readonly ports: { readonly control: number }; readonly controlToken: string }

async function readSettings(file: string): Promise<Settings> {
  return JSON.parse(await readFile(file, 'utf8')) as Settings
}

type OtherProcess = { readonly child: ChildProcess; readonly isOwn: boolean; readonly endpoints: LabEndpoints }

async function startProcess(): Promise<OtherProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'labProcess.ts'), folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  processes.push(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, ...(JSON.parse(line) as Omit<OtherProcess, 'child'>) }
}

async function trust(endpoints: LabEndpoints): Promise<void> {
  setDefaultCACertificates([...systemAuthorities, await readFile(endpoints.caFile, 'utf8')])
}

/** How many guests Graph counts for the lab's application. */
async function countGuests(endpoints: LabEndpoints): Promise<number> {
  await trust(endpoints)
  const form = { grant_type: 'client_credentials', client_id: endpoints.clientId, client_secret: endpoints.clientSecret, scope: `${endpoints.graphUrl}/.default` }
  const token = await fetch(`${endpoints.signInUrl}/${endpoints.tenantId}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) })
  const { access_token: accessToken } = (await token.json()) as { readonly access_token: string }
  const headers = { Authorization: `Bearer ${accessToken}`, ConsistencyLevel: 'eventual' }
  return Number(await (await fetch(`${endpoints.graphUrl}/v1.0/users/$count?$filter=userType eq 'Guest'`, { headers })).text())
}

async function withClient<Value>(endpoints: Pick<LabEndpoints, 'ldapsUrl' | 'caFile'>, user: string, password: string, act: (client: Client) => Promise<Value>): Promise<Value> {
  const client = new Client({ url: endpoints.ldapsUrl, timeout: 10_000, tlsOptions: { ca: await readFile(endpoints.caFile, 'utf8') } })
  await client.bind(user, password)
  try {
    return await act(client)
  } finally {
    await client.unbind()
  }
}

function searchAs(endpoints: LabEndpoints, user: string, password: string, base: string, filter: string): Promise<readonly { readonly dn: string }[]> {
  return withClient(endpoints, user, password, async (client) => (await client.search(base, { scope: 'sub', filter, attributes: ['cn'] })).searchEntries)
}

async function hasRecycleBin({ ldapsUrl, caFile, administrator, administratorPassword, domain }: LabEndpoints): Promise<boolean> {
  return withClient({ ldapsUrl, caFile }, administrator, administratorPassword, async (client) => {
    const { searchEntries } = await client.search(`CN=Partitions,CN=Configuration,${domain.baseDn}`, { scope: 'base', filter: '(objectClass=*)', attributes: ['msDS-EnabledFeature'] })
    return searchEntries.some((entry) => String(entry['msDS-EnabledFeature'] ?? '').startsWith('CN=Recycle Bin Feature,'))
  })
}

async function firstDn(client: Client, base: string): Promise<string> {
  const { searchEntries } = await client.search(base, { scope: 'one', filter: '(objectClass=user)', attributes: ['cn'] })
  const [first] = searchEntries
  if (first === undefined) throw new Error(`Nobody is in ${base}`)
  return first.dn
}
