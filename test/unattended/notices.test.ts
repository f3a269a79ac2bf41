import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { mailNotice, type MailServer } from '../../src/main/unattended/notify/mail.ts'
import type { Notice } from '../../src/main/unattended/notify/notice.ts'
import { sendNotice } from '../../src/main/unattended/notify/sendNotice.ts'
import { logCommand } from '../../src/main/unattended/notify/systemLog.ts'
import { postNotice } from '../../src/main/unattended/notify/webhook.ts'
import { makeAuthority, type Authority, type IssuedCertificate } from '../fixtures/certificates.ts'

const notice: Notice = {
  kind: 'planWaits', at: '2026-11-23T12:00:00.000Z', workspace: { id: 'w', name: 'Contoso', folder: '/srv/w' },
  title: 'A plan of 3 changes waits for a person', text: 'Nothing was written.\nThere is no standing approval.', planHash: 'a'.repeat(64),
}
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

describe('a webhook', () => {
  it('is sent the notice, signed with the key over time and body', async () => {
    const { url, requests } = await listen(204)
    expect(await postNotice({ url, key: 'k' }, notice)).toBeNull()
    const [{ body, signature } = { body: '', signature: '' }] = requests
    const seconds = Date.parse(notice.at) / 1000
    expect(JSON.parse(body)).toEqual(notice)
    expect(signature).toBe(`t=${seconds},v1=${createHmac('sha256', 'k').update(`${seconds}.${body}`).digest('hex')}`)
  })

  it('that refuses is named with its answer, and asked once', async () => {
    const { url, requests } = await listen(500)
    expect(await postNotice({ url, key: 'k' }, notice)).toContain('answered 500')
    expect(requests).toHaveLength(1)
  })

  it('that leads elsewhere is not followed: the signature is for one address', async () => {
    const other = await listen(204)
    const { url } = await listen(302, { location: other.url })
    expect(await postNotice({ url, key: 'k' }, notice)).not.toBeNull()
    expect(other.requests).toHaveLength(0)
  })

  it('that nobody listens on is named', async () => {
    expect(await postNotice({ url: 'http://127.0.0.1:9/', key: 'k' }, notice)).toContain('127.0.0.1:9 could not be reached')
  })
})

describe('mail', () => {
  let authority: Authority
  let certificate: IssuedCertificate
  beforeAll(async () => {
    authority = await makeAuthority()
    certificate = await authority.issue({ commonName: 'localhost', dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] })
  })

  it('goes out by TLS, signed in, to everybody', async () => {
    const { port, mails, logins } = await receiveMail({ secure: true })
    expect(await mailNotice(server(port, { security: 'tls', login: { user: 'guestbridge', password: 'secret' } }), notice)).toBeNull()
    expect(logins).toEqual(['guestbridge:secret'])
    expect(mails).toHaveLength(1)
    expect(mails[0]?.to).toEqual(['ana@contoso.com', 'ben@contoso.com'])
    expect(mails[0]?.text).toContain('Subject: A plan of 3 changes waits for a person (Contoso)')
    expect(mails[0]?.text).toContain('There is no standing approval.')
  })

  it('goes out by STARTTLS', async () => {
    const { port, mails } = await receiveMail({ secure: false })
    expect(await mailNotice(server(port, { security: 'startTls' }), notice)).toBeNull()
    expect(mails).toHaveLength(1)
  })

  it('is not sent in clear where the server offers no encryption', async () => {
    const { port, mails } = await receiveMail({ secure: false, hideSTARTTLS: true, disabledCommands: ['STARTTLS', 'AUTH'] })
    expect(await mailNotice(server(port, { security: 'startTls' }), notice)).toContain('did not take the mail')
    expect(mails).toHaveLength(0)
  })

  it('is not sent to a server whose authority is unknown', async () => {
    const { port, mails } = await receiveMail({ secure: true })
    expect(await mailNotice({ ...server(port, { security: 'tls' }), caPem: null }, notice)).toContain('certificate')
    expect(mails).toHaveLength(0)
  })

  it('that one way fails keeps nobody from the others', async () => {
    const { url, requests } = await listen(204)
    const notSent = await sendNotice({ systemLog: null, webhook: { url, key: 'k' }, mail: server(9, { security: 'tls' }) }, notice)
    expect(notSent.map(({ way }) => way)).toEqual(['mail'])
    expect(requests).toHaveLength(1)
  })

  function server(port: number, { security, login = null }: { security: MailServer['security']; login?: MailServer['login'] }): MailServer {
    return { host: 'localhost', port, security, login, caPem: authority.certificatePem, from: 'guestbridge@contoso.com', to: ['ana@contoso.com', 'ben@contoso.com'] }
  }

  async function receiveMail(options: SMTPServerOptions) {
    const mails: { to: string[]; text: string }[] = []
    const logins: string[] = []
    const smtp = new SMTPServer({
      key: certificate.privateKeyPem, cert: certificate.certificatePem, authOptional: true, ...options,
      onAuth: ({ username, password }, _session, done) => {
        logins.push(`${username ?? ''}:${password ?? ''}`)
        done(null, { user: username })
      },
      onData: (stream, { envelope }, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
          mails.push({ to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString('utf8') })
          done()
        })
      },
    })
    // A client that refuses the certificate is what a test is about, no failure of the server.
    smtp.on('error', () => undefined)
    smtp.listen(0, '127.0.0.1')
    await once(smtp.server, 'listening')
    closing.push(() => new Promise((resolve) => { smtp.close(() => resolve()) }))
    return { port: (smtp.server.address() as AddressInfo).port, mails, logins }
  }
})

describe('the log of the system', () => {
  it('gets one line, whatever the notice holds, as an argument and not through a shell', () => {
    const { program, args } = logCommand('linux', { ...notice, text: 'a\n; rm -rf $HOME\n"b"' })
    expect(program).toBe('logger')
    expect(args.at(-1)).toBe('A plan of 3 changes waits for a person (Contoso): a ; rm -rf $HOME "b"')
    expect(args.at(-2)).toBe('--')
  })

  it('of Windows gets an event with a number by which monitors find it', () => {
    expect(logCommand('win32', notice).args).toEqual(expect.arrayContaining(['/SO', 'Guestbridge', '/T', 'WARNING', '/ID', '200']))
  })
})

async function listen(status: number, headers: Readonly<Record<string, string>> = {}) {
  const requests: { body: string; signature: string }[] = []
  const http = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      requests.push({ body: Buffer.concat(parts).toString('utf8'), signature: String(request.headers['x-guestbridge-signature']) })
      response.writeHead(status, headers).end()
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  closing.push(async () => {
    http.closeAllConnections()
    http.close()
    await once(http, 'close')
  })
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/hook`, requests }
}
