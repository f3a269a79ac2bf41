import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApplicationProxyReader } from '../../../src/main/connectors/graph/applicationProxy.ts'
import { signInAsPerson, type SignInPrompt, type SigningIn } from '../../../src/main/connectors/graph/delegatedSignIn.ts'
import { createTokenSource, type TokenSource } from '../../../src/main/connectors/graph/tokenSource.ts'
import { systemWaiting } from '../../../src/main/connectors/graph/waiting.ts'
import { startLab, type RunningLab } from '../../../src/main/lab/lab.ts'

const never = new AbortController().signal
let folder: string
let lab: RunningLab
let connection: SigningIn

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guestbridge-proxy-'))
  lab = await startLab(folder)
  const { graphUrl, signInUrl, tenantId, clientId, caFile } = lab.endpoints
  connection = { graphUrl, signInUrl, tenantId, clientId, caPem: await readFile(caFile, 'utf8') }
})
afterAll(async () => {
  await lab.close()
  await rm(folder, { recursive: true, force: true })
})

describe('application proxy', () => {
  it('is not shown to an application, which is told how a person gets it and what to do without', async () => {
    const { clientSecret } = lab.endpoints
    const tokens = createTokenSource({ ...connection, credential: { kind: 'secret', secret: clientSecret }, filter: '', pageSize: 1 }, systemWaiting)
    const read = await createApplicationProxyReader(connection, tokens).read(never)
    expect(read).toMatchObject({ ok: false, problem: { kind: 'notPermitted', message: expect.stringContaining('signed-in administrator') as unknown, remedy: expect.stringContaining('workspace.json') as unknown } })
  })

  it('is not shown to a person without role either', async () => {
    const read = await createApplicationProxyReader(connection, await tokensOf('employee')).read(never)
    expect(read).toMatchObject({ ok: false, problem: { kind: 'notPermitted' } })
  })

  it('comes to a person with the role: connectors in groups, applications with Kerberos settings and those who may use them', async () => {
    const read = await createApplicationProxyReader(connection, await tokensOf('administrator')).read(never)
    if (!read.ok) throw new Error(read.problem.message)
    const { connectors, applications } = read.value
    expect(connectors.map(({ machineName, group, status }) => [machineName, group, status])).toEqual([
      ['connector01.contoso.lab', 'Headquarters', 'active'], ['connector02.contoso.lab', 'Headquarters', 'active'], ['connector03.contoso.lab', 'Headquarters', 'active'],
      ['connector04.contoso.lab', 'Branch offices', 'active'], ['connector05.contoso.lab', 'Branch offices', 'inactive'], ['connector06.contoso.lab', 'Old sites', 'active'],
    ])
    expect(applications.find(({ name }) => name === 'Intranet')).toMatchObject({
      group: 'Headquarters', spn: 'HTTP/intranet.contoso.lab', mapping: 'userPrincipalName', singleSignOnMode: 'onPremisesKerberos', preAuthentication: 'aadPreAuthentication', internalUrl: 'https://intranet.contoso.lab/', assignedTo: null,
    })
    expect(applications.find(({ name }) => name === 'Portal')?.preAuthentication).toBe('passthru')
    // Assigned to a group of groups: everybody in them counts.
    expect(applications.find(({ name }) => name === 'ERP')?.assignedTo?.length).toBeGreaterThan(100)
  })
})

describe('signing in with a code', () => {
  it('says who signed in, and asks Entra until the code was entered', async () => {
    const signedIn = await signInAsPerson(connection, (prompt) => void enter(prompt, 'administrator'), never)
    expect(signedIn).toMatchObject({ ok: true, value: { account: expect.stringMatching(/^admin@/) as unknown } })
  })

  it('that the person declines says so', async () => {
    expect(await signInAsPerson(connection, (prompt) => void enter(prompt, 'declined'), never)).toMatchObject({ ok: false, problem: { kind: 'notPermitted', message: expect.stringContaining('declined') as unknown } })
  })

  it('ends at once when it is cancelled while nobody enters the code', async () => {
    const cancel = new AbortController()
    expect(await signInAsPerson(connection, () => cancel.abort(), cancel.signal)).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
  })

  it('to an application that the tenant does not know says what to correct', async () => {
    const unknown = { ...connection, clientId: '00000000-0000-4000-8000-000000000000' }
    expect(await signInAsPerson(unknown, () => undefined, never)).toMatchObject({ ok: false, problem: { kind: 'credentialsRefused', remedy: expect.stringContaining('clientId') as unknown } })
  })
})

async function tokensOf(as: 'administrator' | 'employee'): Promise<TokenSource> {
  const signedIn = await signInAsPerson(connection, (prompt) => void enter(prompt, as), never)
  if (!signedIn.ok) throw new Error(signedIn.problem.message)
  const current = () => Promise.resolve({ ok: true, value: signedIn.value.text } as const)
  return { current, replace: current }
}

/** What a person does with address and code, in any browser. */
async function enter({ address, code }: SignInPrompt, as: 'administrator' | 'employee' | 'declined'): Promise<void> {
  const page = await fetch(address)
  expect(page.status).toBe(200)
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ user_code: code, as }) })
  expect(answer.status).toBe(200)
}
