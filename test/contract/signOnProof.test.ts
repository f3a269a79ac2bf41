import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProofOutcome, ProofRefusal } from '../../src/shared/domain/delegation.ts'
import type { ProofRequest, SiteRequest } from '../../src/main/kcd/proof/proofRequest.ts'
import { proveSignOn } from '../../src/main/kcd/proof/proveSignOn.ts'
import { startDomainController, type DomainController } from '../fixtures/domainController.ts'
import { startKerberosSite, type KerberosSite } from '../fixtures/kerberosSite.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'

// What MIT's tools and a real KDC answer, situation by situation (Kerberos live proof), and that nothing of it remains.
const isAvailable = requireGroup('directory').available && requireGroup('kerberos').available
const guest = { entraId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', identity: 'ana_fabrikam.com#EXT#@contoso.onmicrosoft.com', accountName: 'g_ana' }
const spn = 'HTTP/app.contoso.test'
const connector = { dn: 'CN=CONNECTOR1,CN=Computers,DC=contoso,DC=test', accountName: 'CONNECTOR1$' }
const guestDn = 'CN=Ana,CN=Users,DC=contoso,DC=test'
const webDn = 'CN=svc-web,CN=Users,DC=contoso,DC=test'
const proxyPassword = 'Proxy!Pass#2026 "ä\\'
/** userAccountControl: workstation with "any authentication protocol"; the same as user whose password never expires. */
const [anyProtocol, anyProtocolUser] = ['16781312', '16843264']

describe.skipIf(!isAvailable)('the proof of sign-on, asked of a real KDC (Samba)', () => {
  let controller: DomainController
  let site: KerberosSite
  let temporary: string
  let keytab: string
  const set = (dn: string, attribute: string, ...values: readonly string[]) => controller.ldapmodify(`dn: ${dn}\nchangetype: modify\nreplace: ${attribute}\n${values.map((value) => `${attribute}: ${value}\n`).join('')}`)

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'guestbridge-proving-'))
    controller = await startDomainController()
    await controller.ldapmodify(accounts)
    keytab = join(temporary, 'connector.keytab')
    await controller.exportKeytab(connector.accountName, keytab)
    site = await startKerberosSite(controller, spn)
  }, 120_000)
  afterAll(async () => {
    await site?.stop()
    await controller?.stop()
    await rm(temporary, { recursive: true, force: true })
  })

  const prove = async (changes: Partial<ProofRequest> = {}, { cancelAt = null, searchPath = process.env['PATH'] ?? '' }: { readonly cancelAt?: string | null; readonly searchPath?: string } = {}): Promise<{ readonly outcome: ProofOutcome; readonly steps: readonly string[] }> => {
    const steps: string[] = []
    const cancel = new AbortController()
    const report = (step: string): void => {
      steps.push(step)
      if (step === cancelAt) setImmediate(() => cancel.abort())
    }
    const request: ProofRequest = {
      application: { id: 'app', spn }, guest, connector: { name: 'CONNECTOR1', accountName: connector.accountName }, realms: [{ domain: 'contoso.test', controllers: [controller.ip] }],
      credential: { kind: 'keytab', file: keytab }, site: null, ...changes,
    }
    const folder = await mkdtemp(join(temporary, 'tmp-'))
    const outcome = await proveSignOn(request, { searchPath, temporaryFolder: folder, now: () => '2026-03-12T08:00:00Z', report }, cancel.signal)
    expect(await readdir(folder), 'nothing of keytab or ticket remains').toEqual([])
    return { outcome, steps }
  }
  const expectTicket = async (changes: Partial<ProofRequest> = {}) => {
    const { outcome } = await prove(changes)
    expect(outcome).toMatchObject({
      application: 'app', guest: guest.entraId, connector: 'CONNECTOR1', at: '2026-03-12T08:00:00Z', controller: controller.ip,
      result: { kind: 'ticket', principal: `${guest.identity}@CONTOSO.TEST`, service: `${spn}@CONTOSO.TEST`, encryptionType: 'aes256-cts-hmac-sha1-96', site: null },
    })
  }
  const expectRefusal = async (reason: ProofRefusal, checks: readonly number[], text: RegExp, changes: Partial<ProofRequest> = {}) => {
    const { outcome } = await prove(changes)
    expect(outcome.result).toMatchObject({ kind: 'refused', reason, checks })
    expect(outcome.result.kind === 'refused' && outcome.result.text).toMatch(text)
  }
  /** Sets values for one proof and puts back what was there. */
  const whileSet = async (dn: string, attribute: string, during: readonly string[], after: readonly string[], expectation: () => Promise<void>) => {
    await set(dn, attribute, ...during)
    try {
      await expectation()
    } finally {
      await set(dn, attribute, ...after)
    }
  }

  describe('gives a ticket in the guest\'s name', () => {
    it.each([['a shadow account as we make it (smart card required)', '262656'], ['an ordinary account', '512']])('for %s', async (_, control) => {
      await set(guestDn, 'userAccountControl', control)
      await expectTicket()
      await set(guestDn, 'userAccountControl', '262656')
    })

    it('as a service account, with its password', async () => {
      const { outcome } = await prove({ connector: { name: 'svc-proxy', accountName: 'svc-proxy' }, credential: { kind: 'password', password: proxyPassword } })
      expect(outcome).toMatchObject({ connector: 'svc-proxy', result: { kind: 'ticket', principal: `${guest.identity}@CONTOSO.TEST` } })
    })

    it('for an account name, where the mapping delegates that', async () => {
      const { outcome } = await prove({ guest: { ...guest, identity: guest.accountName } })
      expect(outcome.result).toMatchObject({ kind: 'ticket', principal: 'g_ana@CONTOSO.TEST' })
    })

    it('as the account that the keytab is for, where no connector is named', async () => {
      const { outcome } = await prove({ connector: { name: null, accountName: null } })
      expect(outcome).toMatchObject({ connector: 'CONNECTOR1', result: { kind: 'ticket' } })
    })

    it('from the controller that answers, when the first one is gone', async () => {
      const { outcome } = await prove({ realms: [{ domain: 'contoso.test', controllers: ['127.0.0.254', controller.ip] }] })
      expect(outcome).toMatchObject({ controller: controller.ip, result: { kind: 'ticket' } })
    })

    it('and tells each step', async () => {
      expect((await prove({ site: siteRequest() })).steps).toEqual(['signIn', 'guest', 'service', 'site'])
    })
  })

  describe('tells why there is none, and which checks explain it', () => {
    const option = /KDC can't fulfill requested option/
    it('the SPN is not in the list', () => whileSet(connector.dn, 'msDS-AllowedToDelegateTo', ['HTTP/other.contoso.test'], [spn], () => expectRefusal('notAllowedToDelegate', [8, 12], option)))
    it('the list is empty', () => whileSet(connector.dn, 'msDS-AllowedToDelegateTo', [], [spn], () => expectRefusal('notAllowedToDelegate', [8, 12], option)))
    it('the bit for any protocol is missing', () => whileSet(connector.dn, 'userAccountControl', ['4096'], [anyProtocol], () => expectRefusal('notAllowedToDelegate', [7, 34, 35], option)))
    it('the guest\'s account is sensitive', () => whileSet(guestDn, 'userAccountControl', ['1311232'], ['262656'], () => expectRefusal('notAllowedToDelegate', [7, 34, 35], option)))
    it('the connector\'s own ticket is not forwardable', () => whileSet(connector.dn, 'userAccountControl', ['17829888'], [anyProtocol], () => expectRefusal('notAllowedToDelegate', [7], option)))
    it('the guest\'s account is disabled', () => whileSet(guestDn, 'userAccountControl', ['262658'], ['262656'], () => expectRefusal('accountRestricted', [33, 35], /KDC policy rejects request/)))
    it('the guest\'s account has expired', () => whileSet(guestDn, 'accountExpires', ['116444736000000000'], ['0'], () => expectRefusal('accountRestricted', [33, 35], /Client's entry in database has expired/)))
    it('nobody has the userPrincipalName', () => expectRefusal('accountUnknown', [31, 32, 47], /Client '.*' not found/, { guest: { ...guest, identity: 'nobody@fabrikam.com' } }))
    it('nobody has the SPN', () => expectRefusal('serviceUnknown', [15, 16, 17, 12], /Server not found/, { application: { id: 'app', spn: 'HTTP/nowhere.contoso.test' } }))
    it('the connector is disabled', () => whileSet(connector.dn, 'userAccountControl', ['16781314'], [anyProtocol], () => expectRefusal('connectorRefused', [2], /credentials have been revoked/)))
    it('the connector is a user without an SPN', () => whileSet('CN=svc-proxy,CN=Users,DC=contoso,DC=test', 'servicePrincipalName', [], ['proxy/gateway.contoso.test'], () => (
      expectRefusal('connectorRefused', [46], /Server not found/, { connector: { name: 'svc-proxy', accountName: 'svc-proxy' }, credential: { kind: 'password', password: proxyPassword } })
    )))
    it('the password of the connector has expired', () => whileSet('CN=svc-proxy,CN=Users,DC=contoso,DC=test', 'pwdLastSet', ['0'], ['-1'], () => (
      whileSet('CN=svc-proxy,CN=Users,DC=contoso,DC=test', 'userAccountControl', ['16777728'], [anyProtocolUser], () => (
        expectRefusal('connectorRefused', [2], /Cannot read password|has expired/, { connector: { name: 'svc-proxy', accountName: 'svc-proxy' }, credential: { kind: 'password', password: proxyPassword } })
      ))
    )))
    it('the password is wrong', () => expectRefusal('connectorRefused', [], /Password incorrect/, { connector: { name: 'svc-proxy', accountName: 'svc-proxy' }, credential: { kind: 'password', password: 'wrong' } }))
    it('the keytab is for another account', () => expectRefusal('connectorRefused', [], /is for CONNECTOR1\$@CONTOSO\.TEST, not for svc-proxy/, { connector: { name: 'svc-proxy', accountName: 'svc-proxy' } }))
    it('there is no keytab', () => expectRefusal('connectorRefused', [], /not found/, { credential: { kind: 'keytab', file: join(tmpdir(), 'no.keytab') } }))
    it('no domain controller answers', () => expectRefusal('unreachable', [27], /Cannot contact any KDC/, { realms: [{ domain: 'contoso.test', controllers: ['127.0.0.254'] }] }))
  })

  describe('says "not proven" and never "works"', () => {
    it('without MIT Kerberos', async () => {
      const { outcome, steps } = await prove({}, { searchPath: await mkdtemp(join(temporary, 'empty-')) })
      expect(steps).toEqual([])
      expect(outcome.result).toMatchObject({ kind: 'notProven', why: expect.stringContaining('not installed') as string, remedy: expect.stringContaining('krb5-user') as string })
    })

    it('with a kvno that knows no cache of its own for what it gets', async () => {
      const { outcome } = await prove({}, { searchPath: await programThatPrints('kvno', 'usage: kvno [-C] [-e etype] service1 service2 ...') })
      expect(outcome.result).toMatchObject({ kind: 'notProven', why: expect.stringContaining('older than MIT krb5 1.19') as string })
    })

    it('of the site, with a curl that knows no Kerberos, though of the ticket', async () => {
      const searchPath = `${await programThatPrints('curl', 'Features: AsynchDNS HTTP2 SSL')}:${process.env['PATH'] ?? ''}`
      const { outcome } = await prove({ site: siteRequest() }, { searchPath })
      expect(outcome.result).toMatchObject({ kind: 'ticket', site: null, siteProblem: expect.stringContaining('without GSS-API') as string })
    })

    it.each(['signIn', 'guest', 'service'])('when it is cancelled at the step %s, and nothing remains', async (step) => {
      const { outcome, steps } = await prove({ site: siteRequest() }, { cancelAt: step })
      expect(steps.at(-1)).toBe(step)
      expect(outcome.result).toMatchObject({ kind: 'notProven', why: 'The proof was cancelled.' })
    })

    it('of the site, when it is cancelled before that has answered', async () => {
      const { outcome } = await prove({ site: siteRequest() }, { cancelAt: 'site' })
      expect(outcome.result).toMatchObject({ kind: 'ticket', site: null, siteProblem: 'The proof was cancelled before the site had answered.' })
    })

    it.each([['https://app.contoso.test', 'is not an SPN', 'an SPN with blanks', 'HTTP/app contoso'], ['', 'is not an SPN', 'no SPN', '']])('for a malformed SPN (%s)', async (_, why, _name, malformed) => {
      const { outcome } = await prove({ application: { id: 'app', spn: malformed } })
      expect(outcome.result).toMatchObject({ kind: 'notProven', why: expect.stringContaining(why) as string })
    })

    it('for a name of a controller that would be more than a name', async () => {
      const { outcome } = await prove({ realms: [{ domain: 'contoso.test', controllers: ['dc1\n admin_server = evil'] }] })
      expect(outcome.result).toMatchObject({ kind: 'notProven', remedy: expect.stringContaining('workspace.json') as string })
    })
  })

  describe('shows the ticket to the web site', () => {
    it('which greets the guest by name, over TLS', async () => {
      const { outcome } = await prove({ site: siteRequest() })
      expect(outcome.result).toMatchObject({ kind: 'ticket', site: { url: site.url, status: 200, seenAs: `${guest.identity}@CONTOSO.TEST`, text: expect.stringContaining('Welcome, ana_fabrikam.com#EXT#') as string } })
      expect(outcome.result).not.toHaveProperty('siteProblem')
    })

    it('and says that http is overheard', async () => {
      const { outcome } = await prove({ site: siteRequest({ url: site.httpUrl }) })
      expect(outcome.result).toMatchObject({ site: { status: 200, seenAs: `${guest.identity}@CONTOSO.TEST` }, siteProblem: expect.stringContaining('without encryption') as string })
    })

    it('and says that a page which everybody may read proves nothing', async () => {
      const { outcome } = await prove({ site: siteRequest({ url: site.openUrl }) })
      expect(outcome.result).toMatchObject({ site: { status: 200, seenAs: null }, siteProblem: expect.stringContaining('does not ask who comes') as string })
    })

    it('where a redirection within the site leads', async () => {
      const { outcome } = await prove({ site: siteRequest({ url: site.redirectingUrl }) })
      expect(outcome.result).toMatchObject({ site: { url: site.url, status: 200, seenAs: `${guest.identity}@CONTOSO.TEST` } })
    })

    it('and says that one which asks for passwords does not speak Kerberos', async () => {
      const { outcome } = await prove({ site: siteRequest({ url: site.basicUrl }) })
      expect(outcome.result).toMatchObject({ site: { status: 401, seenAs: null }, siteProblem: expect.stringContaining('not by Negotiate') as string })
    })

    it('but not to one whose certificate nobody vouches for', async () => {
      const { outcome } = await prove({ site: siteRequest({ caPem: null }) })
      expect(outcome.result).toMatchObject({ kind: 'ticket', site: null, siteProblem: expect.stringContaining('certificate') as string })
    })

    it('but not to a host that the SPN does not name', async () => {
      const { outcome } = await prove({ site: siteRequest({ url: 'https://other.contoso.test:8443/' }) })
      expect(outcome.result).toMatchObject({ kind: 'ticket', site: null, siteProblem: expect.stringContaining('check 26') as string })
    })

    it('which refuses it after its account got another password', async () => {
      await controller.ldapmodify(passwordChange(webDn, 'Another!Pass#2026'))
      const { outcome } = await prove({ site: siteRequest() })
      expect(outcome.result).toMatchObject({ kind: 'ticket', site: { status: 401, seenAs: null }, siteProblem: expect.stringContaining('refused the ticket') as string })
    })
  })

  /** A folder with a program of that name alone: it prints on both outputs. */
  async function programThatPrints(name: string, text: string): Promise<string> {
    const folder = await mkdtemp(join(temporary, 'program-'))
    await writeFile(join(folder, name), `#!/bin/sh\necho '${text}' | /usr/bin/tee /dev/stderr\n`, { mode: 0o755 })
    return folder
  }

  function siteRequest(changes: Partial<SiteRequest> = {}): SiteRequest {
    return { url: site.url, address: site.address, caPem: site.caPem, ...changes }
  }
})

function quoted(password: string): string {
  return Buffer.from(`"${password}"`, 'utf16le').toString('base64')
}

function passwordChange(dn: string, password: string): string {
  return `dn: ${dn}\nchangetype: modify\nreplace: unicodePwd\nunicodePwd:: ${quoted(password)}\n`
}

// userAccountControl of the site's account: ordinary, password never expires. 24 are the two AES types.
const accounts = `dn: ${webDn}
objectClass: user
sAMAccountName: svc-web
servicePrincipalName: ${spn}
msDS-SupportedEncryptionTypes: 24
userAccountControl: 66048
unicodePwd:: ${quoted('Web!Pass#2026')}

dn: ${guestDn}
objectClass: user
sAMAccountName: ${guest.accountName}
userPrincipalName: ${guest.identity}
userAccountControl: 512
unicodePwd:: ${quoted('Guest!Pass#2026')}

dn: ${connector.dn}
objectClass: computer
sAMAccountName: ${connector.accountName}
dNSHostName: connector1.contoso.test
userAccountControl: ${anyProtocol}
msDS-AllowedToDelegateTo: ${spn}
unicodePwd:: ${quoted('Connector!Pass#2026')}

dn: CN=svc-proxy,CN=Users,DC=contoso,DC=test
objectClass: user
sAMAccountName: svc-proxy
servicePrincipalName: proxy/gateway.contoso.test
userAccountControl: ${anyProtocolUser}
msDS-AllowedToDelegateTo: ${spn}
unicodePwd:: ${quoted(proxyPassword)}
`
