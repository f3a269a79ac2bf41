import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setDefaultCACertificates } from 'node:tls'
import { createEntraReader } from '../src/main/connectors/graph/entraReader.ts'
import { makeAuthority } from '../test/fixtures/certificates.ts'
import { compareServers } from './compareServers.ts'
import { startServer } from './servers/startServer.ts'

const guests = 20_000
const tenantId = '11111111-2222-4333-8444-555555555555'
const folder = mkdtempSync(join(tmpdir(), 'guestbridge-bench-'))
const authority = await makeAuthority()
const issued = await authority.issue({ commonName: 'localhost', dnsNames: ['localhost'] })
writeFileSync(join(folder, 'cert.pem'), issued.certificatePem)
writeFileSync(join(folder, 'key.pem'), issued.privateKeyPem)
setDefaultCACertificates([authority.certificatePem])

await measure('Graph import', 50, 0.9, `import of ${guests} guests in pages of 999, each of which the server takes 50 ms for, by the connector: sign-in, retries, checks, values for the connector space`)
await measure('Graph import, server without latency', 0, null, 'the same from a server that has every page ready, so that only the client’s work is left')
rmSync(folder, { recursive: true })

async function measure(name: string, latency: number, goal: number | null, measures: string): Promise<void> {
  const server = await startServer('graphPages.ts', [join(folder, 'cert.pem'), join(folder, 'key.pem'), String(guests), String(latency)])
  const url = `https://localhost:${server.said}`
  await compareServers({
    name, measures, goal, objects: guests, rounds: 7,
    against: 'a loop of fetch and JSON.parse over the same pages',
    measured: { name: 'connector', work: () => importAll(url) },
    references: [{ name: 'fetch and JSON.parse', work: () => fetchAll(url) }],
    explain: () => 'Graph takes tens to hundreds of milliseconds for a page; the connector checks and converts one while the next is on its way. Without latency every check and conversion counts in full.',
  })
  await server.stop()
}

async function importAll(url: string): Promise<void> {
  const reader = createEntraReader({
    graphUrl: url, signInUrl: url, tenantId, clientId: '66666666-7777-4888-8999-aaaaaaaaaaaa', credential: { kind: 'secret', secret: 'bench' },
    caPem: authority.certificatePem, filter: "userType eq 'Guest'", pageSize: 999,
  })
  let read = 0
  for await (const page of reader.importAll({ attributes: ['displayName', 'givenName', 'surname', 'mail', 'companyName'], signal: new AbortController().signal })) {
    if (!page.ok) throw new Error(page.problem.message)
    read += page.value.objects.length
  }
  await reader.close()
  if (read !== guests) throw new Error(`${read} of ${guests} guests came`)
}

async function fetchAll(url: string): Promise<void> {
  let next: string | undefined = `${url}/v1.0/users`
  let read = 0
  while (next !== undefined) {
    const page = (await (await fetch(next)).json()) as { value: unknown[]; '@odata.nextLink'?: string }
    read += page.value.length
    next = page['@odata.nextLink']
  }
  if (read !== guests) throw new Error(`${read} of ${guests} guests came`)
}
