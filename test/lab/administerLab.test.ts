import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { ConfidentialClientApplication } from '@azure/msal-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administerLab } from '../../src/main/lab/administerLab.ts'
import type { LabCommand } from '../../src/main/lab/administerLab.ts'
import { startLab } from '../../src/main/lab/lab.ts'
import type { RunningLab } from '../../src/main/lab/lab.ts'
import { seedExpectations } from '../../src/main/lab/seed/seedExpectations.ts'

let folder: string
let lab: RunningLab
let token: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guestbridge-lab-'))
  lab = await startLab(folder)
  setDefaultCACertificates([...getCACertificates('default'), await readFile(lab.endpoints.caFile, 'utf8')])
  token = await signIn()
})
afterAll(async () => {
  await lab.close()
  await rm(folder, { recursive: true })
})

async function signIn(): Promise<string> {
  const { clientId, clientSecret, signInUrl, tenantId, graphUrl } = lab.endpoints
  const application = new ConfidentialClientApplication({ auth: { clientId, clientSecret, authority: `${signInUrl}/${tenantId}`, knownAuthorities: [new URL(signInUrl).host] } })
  const result = await application.acquireTokenByClientCredential({ scopes: [`${graphUrl}/.default`] })
  if (result === null) throw new Error('MSAL got no token')
  return result.accessToken
}
type Body = Readonly<Record<string, unknown>> & { readonly value?: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[] }
const graph = (path: string, init: RequestInit = {}) => fetch(path.startsWith('https:') ? path : `${lab.endpoints.graphUrl}/v1.0${path}`, { ...init, headers: { Authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) } })
const read = async (path: string) => (await (await graph(path)).json()) as Body
const command = (one: LabCommand) => administerLab(lab.endpoints, one)
const latest = async (select: string) => String((await read(`/users/delta?$select=${select}&$deltatoken=latest`))['@odata.deltaLink'])
async function firstGuest(filter = "userType eq 'Guest'"): Promise<{ readonly id: string; readonly mail: string; readonly userPrincipalName: string }> {
  const [found] = (await read(`/users?$select=id,mail,userPrincipalName&$top=1&$filter=${filter}`)).value ?? []
  if (found === undefined) throw new Error(`Nobody is found by ${filter}`)
  return { id: found.id, mail: String(found['mail']), userPrincipalName: String(found['userPrincipalName']) }
}

describe('a command to a running lab', () => {
  it('changes a guest, whom Graph then shows and tells of in its delta', async () => {
    const [link, guest] = [await latest('displayName,userType,accountEnabled'), await firstGuest()]
    expect(await command({ kind: 'changeUser', user: guest.id, values: { displayName: 'Changed', surname: null } })).toEqual({ kind: 'done', id: guest.id })
    expect(await command({ kind: 'blockUser', user: guest.userPrincipalName })).toEqual({ kind: 'done', id: guest.id })
    expect(await command({ kind: 'makeMember', user: guest.mail })).toEqual({ kind: 'done', id: guest.id })
    expect(await read(`/users/${guest.id}?$select=displayName,userType,accountEnabled`)).toMatchObject({ displayName: 'Changed', userType: 'Member', accountEnabled: false })
    expect((await read(link)).value).toEqual([{ id: guest.id, displayName: 'Changed', userType: 'Member', accountEnabled: false }])
  })

  it('deletes, restores and erases, a deleted guest found by the former name', async () => {
    const [link, guest] = [await latest('mail'), await firstGuest("startswith(displayName,'Cher')")]
    expect(await command({ kind: 'deleteUser', user: guest.id })).toMatchObject({ kind: 'done' })
    expect((await read(link)).value).toEqual([{ id: guest.id, '@removed': { reason: 'changed' } }])
    expect(await command({ kind: 'deleteUser', user: guest.mail })).toMatchObject({ kind: 'refused', message: expect.stringContaining('was deleted') })
    expect(await command({ kind: 'restoreUser', user: guest.userPrincipalName })).toEqual({ kind: 'done', id: guest.id })
    expect(await command({ kind: 'restoreUser', user: guest.id })).toMatchObject({ kind: 'refused', message: expect.stringContaining('is not deleted') })
    expect((await read(link)).value).toEqual([{ id: guest.id, mail: guest.mail }])
    expect(await command({ kind: 'eraseUser', user: guest.id })).toEqual({ kind: 'done', id: guest.id })
    expect((await read(link)).value).toEqual([{ id: guest.id, '@removed': { reason: 'deleted' } }])
    expect(await command({ kind: 'restoreUser', user: guest.id })).toMatchObject({ kind: 'refused', message: expect.stringContaining('There is no user') })
  })

  it('invites a guest, who accepts and joins a group of partners', async () => {
    const invited = await command({ kind: 'inviteGuest', mail: 'new.one@fabrikam.com', displayName: 'New One' })
    const id = invited.kind === 'done' ? (invited.id ?? '') : ''
    expect(await command({ kind: 'acceptInvitation', user: 'new.one@fabrikam.com' })).toEqual({ kind: 'done', id })
    expect(await read(`/users/${id}?$select=externalUserState,displayName`)).toMatchObject({ externalUserState: 'Accepted', displayName: 'New One' })
    expect(await command({ kind: 'addGroupMember', group: 'B2B partners Nordics', member: id })).toMatchObject({ kind: 'done' })
    const [group] = (await read("/groups?$filter=displayName eq 'B2B partners'")).value ?? []
    const members = await read(`/groups/${group?.id ?? ''}/transitiveMembers/microsoft.graph.user?$select=id&$top=999`)
    expect(members.value?.map((member) => member.id)).toContain(id)
    expect(await command({ kind: 'addGroupMember', group: 'B2B partners Nordics', member: id })).toMatchObject({ kind: 'refused', message: expect.stringContaining('a member already') })
    expect(await command({ kind: 'removeGroupMember', group: 'B2B partners Nordics', member: id })).toMatchObject({ kind: 'done' })
    expect(await command({ kind: 'renameUser', user: id, userPrincipalName: 'renamed#EXT#@contosolab.onmicrosoft.com' })).toEqual({ kind: 'done', id })
  })

  it('makes requests fail and delta tokens end', async () => {
    const link = await latest('id')
    await command({ kind: 'planFault', path: '/v1.0/users/delta', times: 1, effect: { kind: 'answer', status: 504 } })
    expect([(await graph(link)).status, (await graph(link)).status]).toEqual([504, 200])
    await command({ kind: 'expireDeltaTokens' })
    expect((await graph(link)).status).toBe(400)
    await command({ kind: 'resetDelta' })
    expect((await graph(link)).status).toBe(410)
  })

  it('is refused with the reason where it is no command, or names nobody', async () => {
    // What a caller who is not held by the compiler may send.
    const unknown = JSON.parse('{"kind":"explode"}') as LabCommand
    expect(await command(unknown)).toMatchObject({ kind: 'refused', message: expect.stringContaining('no command of the lab') })
    expect(await command({ kind: 'blockUser', user: 'nobody@nowhere.com' })).toEqual({ kind: 'refused', message: 'There is no user "nobody@nowhere.com"' })
    expect(await command({ kind: 'addGroupMember', group: 'nowhere', member: 'x' })).toEqual({ kind: 'refused', message: 'There is no group "nowhere"' })
  })

  it('needs the token of the lab', async () => {
    const stranger = { ...lab.endpoints, administrationToken: 'guess' }
    expect(await administerLab(stranger, { kind: 'clearFaults' })).toEqual({ kind: 'refused', message: 'The token of lab.json is needed' })
  })

  it('rejects where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise((resolve) => server.close(resolve))
    await expect(administerLab({ ...lab.endpoints, administrationUrl: `https://localhost:${port}` }, { kind: 'clearFaults' })).rejects.toThrow(/ECONNREFUSED/)
  })
})

describe('the documentation of the lab', () => {
  it('has an example of every command, and each is one', async () => {
    const { tenantCommandSchema } = await import('../../src/main/lab/tenant/administration/tenantCommand.ts')
    const text = await readFile(join(import.meta.dirname, '../../docs/lab.md'), 'utf8')
    const examples = [...text.matchAll(/`(\{"kind":[^`]*\})`/g)].map(([, example = '']) => tenantCommandSchema.parse(JSON.parse(example)).kind)
    expect(new Set(examples)).toEqual(new Set(tenantCommandSchema.options.map((option) => option.shape.kind.value)))
  })
})

describe('a lab of an earlier version', () => {
  it('gets groups and a change log, and keeps its users', async () => {
    const other = await mkdtemp(join(tmpdir(), 'guestbridge-lab-'))
    await (await startLab(other)).close()
    const { DatabaseSync } = await import('node:sqlite')
    const file = join(other, 'lab', 'tenant.sqlite')
    const database = new DatabaseSync(file)
    database.exec('DROP TABLE user_group; DROP TABLE change; DROP TABLE policy; PRAGMA user_version = 1')
    database.close()
    const again = await startLab(other)
    expect(await administerLab(again.endpoints, { kind: 'removeGroupMember', group: 'B2B partners', member: 'B2B partners Europe' })).toMatchObject({ kind: 'done' })
    await again.close()
    const kept = new DatabaseSync(file)
    expect(kept.prepare('SELECT count(*) AS users FROM user').get()?.['users']).toBe(seedExpectations.guests + seedExpectations.members + seedExpectations.softDeletedGuests)
    kept.exec('PRAGMA user_version = 9')
    kept.close()
    await expect(startLab(other)).rejects.toThrow(/another version \(9\)/)
    await rm(other, { recursive: true })
  })
})
