import { describe, expect, it } from 'vitest'
import { prepareRequest, type ProofSettings } from '../../../src/main/kcd/proof/prepareRequest.ts'
import type { ProofSubject } from '../../../src/main/kcd/proof/proofSubject.ts'
import { application, connector, guest, principal, proxy, read, secondConnector, shadow, unread } from '../rules/world.ts'

const subject: ProofSubject = { application: application(), guest: guest(), identity: guest().userPrincipalName, account: shadow }
const keytab = { kind: 'keytab', file: '/k' } as const
const password = { kind: 'password', password: 'x' } as const
const settings: ProofSettings = { credential: keytab, realms: [{ domain: 'contoso.test', controllers: ['dc1.contoso.test'] }], site: null }
const why = (...args: Parameters<typeof prepareRequest>): string => {
  const prepared = prepareRequest(...args)
  return prepared.kind === 'impossible' && prepared.result.kind === 'notProven' ? prepared.result.why : 'ready'
}

describe('prepareRequest', () => {
  it('asks as the account of the only connector, about what the mapping delegates', () => {
    expect(prepareRequest(subject, [connector()], settings)).toEqual({
      kind: 'ready',
      request: {
        application: { id: 'orders', spn: 'HTTP/orders.contoso.test' }, guest: { entraId: subject.guest.entraId, identity: subject.identity, accountName: shadow.accountName },
        connector: { name: 'proxy01.contoso.test', accountName: 'PROXY01$' }, realms: settings.realms, credential: keytab, site: null,
      },
    })
  })

  it('leaves it to the keytab, as whom to ask, where several connectors serve the application', () => {
    expect(prepareRequest(subject, [connector(), secondConnector()], settings)).toMatchObject({ request: { connector: { name: null, accountName: null } } })
  })

  it('wants a name for a password, which could be anybody\'s', () => {
    expect(why(subject, [connector(), secondConnector()], { ...settings, credential: password })).toContain('2 connectors serve the application')
    expect(prepareRequest(subject, [secondConnector()], { ...settings, credential: password })).toMatchObject({ request: { connector: { accountName: 'PROXY02$' } } })
  })

  it.each([
    ['neither keytab nor password is there', [connector()], { ...settings, credential: null }, 'Neither a keytab nor the password'],
    ['nobody is called as the connector', [connector({ accounts: read([]) })], settings, 'No account is called proxy01.contoso.test (check 1)'],
    ['several are', [connector({ accounts: read([proxy, principal({})]) })], settings, '2 accounts are called proxy01.contoso.test'],
    ['a password is of an account that could not be read', [connector({ accounts: unread })], { ...settings, credential: password }, 'was not read: there is no right to read it'],
  ] as const)('proves nothing where %s', (_, connectors, changed, expected) => {
    expect(why(subject, connectors, changed)).toContain(expected)
  })

  it('takes the keytab\'s word where the directory could not be read', () => {
    expect(prepareRequest(subject, [connector({ accounts: unread })], settings)).toMatchObject({ request: { connector: { name: 'proxy01.contoso.test', accountName: null }, realms: settings.realms } })
  })

  it('begins in the domain of the connector, and asks DNS for one without configured servers', () => {
    const far = connector({ accounts: read([{ ...proxy, domain: 'emea.contoso.test' }]) })
    const both = { ...settings, realms: [...settings.realms, { domain: 'EMEA.contoso.test', controllers: ['dc9'] }] }
    expect(prepareRequest(subject, [far], both)).toMatchObject({ request: { realms: [{ domain: 'EMEA.contoso.test' }, { domain: 'contoso.test' }] } })
    expect(prepareRequest(subject, [far], settings)).toMatchObject({ request: { realms: [{ domain: 'emea.contoso.test', controllers: [] }, { domain: 'contoso.test' }] } })
  })
})
