import { describe, expect, it } from 'vitest'
import { parseKeytabList, parseTicketList } from '../../../src/main/kcd/proof/ticketList.ts'

// As MIT krb5 1.20.1 printed them, with LC_ALL=C and TZ=UTC.
const guestCache = `Ticket cache: FILE:/tmp/guestbridge-proof-812-x/guest
Default principal: jane_fabrikam.com#EXT#\\@contoso.onmicrosoft.com@CONTOSO.TEST

Valid starting     Expires            Service principal
11/23/26 21:40:55  11/24/26 07:40:55  HTTP/app.contoso.test@CONTOSO.TEST
\trenew until 11/24/26 21:40:55, Flags: FRAT
\tEtype (skey, tkt): aes256-cts-hmac-sha1-96, DEPRECATED:arcfour-hmac 
`

describe('parseTicketList', () => {
  it('reads principal, service, times in UTC, flags, and the encryption type of the ticket and not of its session key', () => {
    expect(parseTicketList(guestCache)).toEqual({
      principal: 'jane_fabrikam.com#EXT#@contoso.onmicrosoft.com@CONTOSO.TEST',
      tickets: [{ service: 'HTTP/app.contoso.test@CONTOSO.TEST', startsAt: '2026-11-23T21:40:55Z', endsAt: '2026-11-24T07:40:55Z', encryptionType: 'DEPRECATED:arcfour-hmac', flags: 'FRAT' }],
    })
  })

  it('gives each ticket its own details', () => {
    const two = `${guestCache}11/23/2026 21:40:56  11/24/2026 07:40:55  krbtgt/CONTOSO.TEST@CONTOSO.TEST\n\tfor client a@B, renew until 11/24/2026 21:40:55, Flags: RIA\n`
    expect(parseTicketList(two)?.tickets.map(({ flags, startsAt }) => `${flags} ${startsAt}`)).toEqual(['FRAT 2026-11-23T21:40:55Z', 'RIA 2026-11-23T21:40:56Z'])
  })

  it('knows a cache without tickets from what is no list', () => {
    expect(parseTicketList('Ticket cache: FILE:/tmp/x\nDefault principal: a@B\n\nValid starting     Expires            Service principal\n')).toEqual({ principal: 'a@B', tickets: [] })
    expect(parseTicketList('klist: No credentials cache found (filename: /tmp/x)')).toBeNull()
  })
})

describe('parseKeytabList', () => {
  it('names each principal once, whatever keys it has', () => {
    const listed = `Keytab name: FILE:conn.keytab
KVNO Principal
---- --------------------------------------------------------------------------
   1 CONNECTOR1$@CONTOSO.TEST
   1 CONNECTOR1$@CONTOSO.TEST
  12 host/connector1.contoso.test@CONTOSO.TEST
`
    expect(parseKeytabList(listed)).toEqual(['CONNECTOR1$@CONTOSO.TEST', 'host/connector1.contoso.test@CONTOSO.TEST'])
  })
})
