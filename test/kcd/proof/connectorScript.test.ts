import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConnectorAnswer } from '../../../src/main/kcd/proof/connectorAnswer.ts'
import { renderConnectorScript, type ScriptRequest } from '../../../src/main/kcd/proof/connectorScript.ts'

const asked: ScriptRequest = { application: 'app', guest: '3f2504e0', identity: 'ana_fabrikam.com#EXT#@contoso.onmicrosoft.com', spn: 'HTTP/app.contoso.test', url: 'https://app.contoso.test/' }
const answer = {
  version: 1, application: asked.application, guest: asked.guest, identity: asked.identity, spn: asked.spn, url: asked.url, computer: 'CONNECTOR1', account: 'NT AUTHORITY\\SYSTEM', at: '2026-03-12T08:00:00Z',
  outcome: {
    kind: 'ticket', principal: 'CONTOSO\\g_ana', encryptionType: 18, startsAt: '2026-03-12T08:00:00Z', endsAt: '2026-03-12T18:00:00Z',
    site: { status: 200, text: '<h1>Welcome, CONTOSO\\g_ana</h1>', failure: null },
  },
}
const line = (value: unknown): string => `GUESTBRIDGE-PROOF ${Buffer.from(JSON.stringify(value)).toString('base64')} GUESTBRIDGE-END`
const messageOf = (pasted: string): string => {
  const parsed = parseConnectorAnswer(pasted, asked)
  return parsed.ok ? 'accepted' : parsed.problem.message
}

describe('renderConnectorScript', () => {
  it('holds what it asks for as data: no text of it becomes code', () => {
    const nasty = fc.string({ unit: fc.constantFrom('\'', '"', '’', '`', '$(', ')', ';', '\n', '\r', '\u2028', '#', '@', 'a', '<#', '#>') })
    fc.assert(fc.property(nasty, nasty, (identity, spn) => {
      const lines = renderConnectorScript({ ...asked, identity, spn }).split('\r\n')
      const others = lines.filter((text) => !text.startsWith('# application ') && !text.startsWith('$packed = '))
      expect(others).toEqual(renderConnectorScript(asked).split('\r\n').filter((text) => !text.startsWith('# application ') && !text.startsWith('$packed = ')))
      expect(lines.filter((text) => /[\n\r\u2028\u2029]/.test(text))).toEqual([])
      const packed = /^\$packed = '([A-Za-z0-9+/=]*)'$/m.exec(lines.find((text) => text.startsWith('$packed')) ?? '')?.[1] ?? ''
      expect(JSON.parse(Buffer.from(packed, 'base64').toString('utf8'))).toEqual({ ...asked, identity, spn })
    }))
  })

  it('says that it was not run here, and how to run it as SYSTEM', () => {
    const script = renderConnectorScript(asked)
    expect(script).toContain('NOT RUN THERE')
    expect(script).toContain('/RU SYSTEM')
  })

  it('reads the encryption type of a ticket from the request that holds it', () => {
    // As GSS-API of MIT krb5 1.20 made it with a ticket of Samba; what is encrypted is left out.
    const token = '6082064406092A864886F71201020201006E8206333082062FA003020105A10302010EA20703050020000000A38205486182054430820540A003020105A10E1B0C434F4E544F534F2E54455354'
      .concat('A2233021A003020103A11A30181B04485454501B106170702E636F6E746F736F2E74657374A3820502308204FEA003020112A103020101A28204F0')
    const pattern = /-match '([^']+)'/.exec(renderConnectorScript(asked))?.[1] ?? '(?!)'
    expect(Number.parseInt(new RegExp(pattern).exec(token)?.[1] ?? '', 16)).toBe(18)
  })
})

describe('parseConnectorAnswer', () => {
  it('reads ticket and site, and whom the site saw', () => {
    expect(parseConnectorAnswer(line(answer), asked)).toEqual({
      ok: true,
      value: {
        at: '2026-03-12T08:00:00Z', computer: 'CONNECTOR1',
        result: {
          kind: 'ticket', principal: 'CONTOSO\\g_ana', service: asked.spn, encryptionType: 'aes256-cts-hmac-sha1-96', startsAt: '2026-03-12T08:00:00Z', endsAt: '2026-03-12T18:00:00Z',
          site: { url: asked.url, status: 200, seenAs: 'CONTOSO\\g_ana', text: 'Welcome, CONTOSO\\g_ana' },
        },
      },
    })
  })

  it('wherever a console or a mail has wrapped it', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 120 }), fc.constantFrom('\n', '\r\n', '\r\n> ', ' \n  '), (width, lineBreak) => {
      const wrapped = line(answer).replace(/[A-Za-z0-9+/=]{80,}/, (packed) => packed.match(new RegExp(`.{1,${width}}`, 'g'))?.join(lineBreak) ?? '')
      expect(parseConnectorAnswer(`PS C:\\> ${wrapped}\r\nPS C:\\>`, asked).ok).toBe(true)
    }))
  })

  it('takes the last answer where several were pasted', () => {
    const older = line({ ...answer, outcome: { kind: 'notSystem' } })
    expect(parseConnectorAnswer(`${older}\n${line(answer)}`, asked)).toMatchObject({ ok: true, value: { result: { kind: 'ticket' } } })
  })

  it('says "not proven" of a script that did not run as SYSTEM', () => {
    expect(parseConnectorAnswer(line({ ...answer, account: 'CONTOSO\\bob', outcome: { kind: 'notSystem' } }), asked)).toMatchObject({ ok: true, value: { result: { kind: 'notProven', why: expect.stringContaining('CONTOSO\\bob') as string } } })
  })

  it('maps a failure to the checks that explain it', () => {
    const failed = { kind: 'failed', step: 'service', code: '8009030E', text: 'No credentials are available in the security package' }
    expect(parseConnectorAnswer(line({ ...answer, outcome: failed }), asked)).toMatchObject({ ok: true, value: { result: { kind: 'refused', reason: 'notAllowedToDelegate', checks: [7, 8, 12, 34, 35] } } })
  })

  it('keeps the ticket where the site was not reached', () => {
    const outcome = { ...answer.outcome, site: { status: null, text: '', failure: 'Unable to connect to the remote server' } }
    expect(parseConnectorAnswer(line({ ...answer, outcome }), asked)).toMatchObject({ ok: true, value: { result: { kind: 'ticket', site: null, siteProblem: expect.stringContaining('Unable to connect') as string } } })
  })

  it.each([
    ['nothing of the script', 'PS C:\\> dir', 'no line that begins with GUESTBRIDGE-PROOF'],
    ['half of it', line(answer).slice(0, -30), 'cut off'],
    ['a changed character', line(answer).replace(/(?<=PROOF .{40})./, '*'), 'damaged'],
    ['a lost line', line(answer).replace(/(?<=PROOF .{40}).{40}/, ''), 'damaged'],
    ['the answer of a later version', line({ ...answer, version: 2 }), 'not what our script writes (version'],
    ['the answer for another guest', line({ ...answer, guest: 'somebody else', identity: 'bob@fabrikam.com' }), 'It answers for bob@fabrikam.com'],
    ['the answer for another application', line({ ...answer, application: 'other', spn: 'HTTP/other' }), 'at HTTP/other, not for'],
  ])('refuses %s and says what is wrong', (_, pasted, message) => {
    expect(messageOf(pasted)).toContain(message)
  })
})
