import type { ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { readFileSync } from 'node:fs'

// A server in a process of its own: pages of guests as Graph writes them, made before anybody asks, so that only the
// client's cost is measured. Arguments: certificate, key, number of guests, milliseconds that each page takes. Prints its
// port.
const [certificateFile = '', keyFile = '', count = '0', latency = '0'] = process.argv.slice(2)
const pageSize = 999
const guests = Array.from({ length: Number(count) }, (_, index) => sampleUser(index))
const server = createServer({ cert: readFileSync(certificateFile), key: readFileSync(keyFile) }, (request, response) => {
  const url = new URL(request.url ?? '/', `https://${request.headers.host ?? 'localhost'}`)
  if (Number(latency) > 0 && url.pathname.endsWith('/users')) setTimeout(() => send(response, answer(url)), Number(latency))
  else send(response, answer(url))
})

function send(response: ServerResponse, body: string | null): void {
  response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json', 'request-id': '00000000-0000-4000-8000-000000000000' })
  response.end(body ?? '{"error":{"code":"Request_ResourceNotFound","message":"no such path"}}')
}
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  pages.push(...makePages(address.port))
  console.log(String(address.port))
})

const pages: string[] = []

function answer(url: URL): string | null {
  if (url.pathname.endsWith('/oauth2/v2.0/token')) return JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: token(url.pathname.split('/')[1] ?? '') })
  if (url.pathname.endsWith('/users/delta')) return JSON.stringify({ value: [], '@odata.deltaLink': `${url.origin}${url.pathname}?$deltatoken=t` })
  if (!url.pathname.endsWith('/users')) return null
  return pages[Number(url.searchParams.get('$skiptoken') ?? '0')] ?? null
}

function makePages(port: number): readonly string[] {
  const made: string[] = []
  for (let first = 0; first < guests.length; first += pageSize) {
    const next = first + pageSize < guests.length ? { '@odata.nextLink': `https://localhost:${port}/v1.0/users?$skiptoken=${made.length + 1}` } : {}
    made.push(JSON.stringify({ '@odata.context': `https://localhost:${port}/v1.0/$metadata#users`, '@odata.count': guests.length, ...next, value: guests.slice(first, first + pageSize) }))
  }
  return made
}

function sampleUser(index: number): Record<string, unknown> {
  const id = `${index.toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`
  const name = `guest.number${index}`
  return {
    id, userPrincipalName: `${name}_fabrikam.example#EXT#@contoso.onmicrosoft.com`, displayName: `Guest Nümber ${index}`, givenName: 'Guest', surname: `Nümber ${index}`,
    mail: `${name}@fabrikam.example`, companyName: 'Fabrikam', userType: 'Guest', accountEnabled: true, externalUserState: 'Accepted', externalUserStateChangeDateTime: '2026-01-15T08:00:00Z',
    createdDateTime: '2026-01-01T08:00:00Z', onPremisesSyncEnabled: null, onPremisesSecurityIdentifier: null, otherMails: [`${name}@fabrikam.example`],
  }
}

/** Unsigned: the connector reads the tenant from it and nothing else. */
function token(tenant: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ tid: tenant, roles: ['User.Read.All'], exp: 4_102_444_800 })}.`
}
