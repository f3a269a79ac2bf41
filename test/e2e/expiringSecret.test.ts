import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, guestbridge, requireExit } from '../fixtures/commandLine.ts'

type Told = { readonly kind: string; readonly title: string; readonly text: string }

// A schedule that cannot do its work still says that its secret ends. Nothing answers at the addresses of this workspace.
describe('a client secret that ends in ten days', () => {
  let folder: string
  let webhook: Server
  const told: Told[] = []
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const environment = { GUESTBRIDGE_WEBHOOK_SECRET: 'key', GUESTBRIDGE_ENTRA_SECRET: 'secret', GUESTBRIDGE_AD_PASSWORD: 'password' }
  const run = (...args: string[]) => guestbridge(['--workspace', 'W', '--json', ...args], { cwd: folder, environment })
  const aboutSecrets = () => told.filter(({ kind }) => kind === 'secretExpires')

  async function setExpiry(expires: string): Promise<void> {
    const file = join(folder, 'W', 'workspace.json')
    const configuration = JSON.parse(await readFile(file, 'utf8')) as { entra: Record<string, unknown> }
    const url = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`
    await writeFile(file, JSON.stringify({ ...configuration, entra: { ...configuration.entra, credential: { kind: 'secret', expires } }, notifications: { systemLog: false, webhook: { url } } }))
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    webhook = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        told.push(JSON.parse(Buffer.concat(parts).toString('utf8')) as Told)
        response.writeHead(204).end()
      })
    })
    webhook.listen(0, '127.0.0.1')
    await once(webhook, 'listening')
    requireExit(await run('init', '--tenant', '6c1d1b1e-8a8b-4b1e-9f0a-1f2d3c4b5a69', '--client', '0c7a1a9c-1d5b-4c3e-8f7a-2b6d4e8f9a10', '--server', 'ldaps://127.0.0.1:1', '--account', 'a@contoso.test', '--guest-ou', 'OU=Guests,DC=contoso,DC=test'), 0)
    await setExpiry(inDays(10))
  })
  afterAll(async () => {
    webhook.closeAllConnections()
    webhook.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is announced once by the unattended cycles, and again in its last week', async () => {
    await run('run', 'cycle', '--unattended')
    await run('run', 'cycle', '--unattended')
    expect(aboutSecrets()).toEqual([expect.objectContaining({ kind: 'secretExpires', title: expect.stringMatching(/^A secret ends in (9|10) days$/) as unknown, text: expect.stringContaining(inDays(10)) as unknown })])
    await setExpiry(inDays(3))
    await run('run', 'cycle', '--unattended')
    expect(aboutSecrets()).toHaveLength(2)
  })

  it('makes the workspace unhealthy for a monitor', async () => {
    const { reasons } = documentOf(await run('status')) as { reasons: string[] }
    expect(reasons).toContainEqual(expect.stringContaining('The client secret of the application in Entra ends on'))
  })

  it('is over when its day has come', async () => {
    await setExpiry(inDays(0))
    await run('run', 'cycle', '--unattended')
    expect(aboutSecrets().at(-1)).toMatchObject({ title: 'A secret has ended' })
  })
})
