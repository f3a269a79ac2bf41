import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountScripts, grantScripts, ouScripts, plainName } from '../../src/main/readiness/scripts/grantScripts.ts'
import { asComment, quoteForPowerShell, quoteForShell } from '../../src/main/readiness/scripts/quote.ts'
import { tenantScripts } from '../../src/main/readiness/scripts/tenantScripts.ts'
import { listNeededRoles } from '../../src/main/readiness/tenant/graphRoles.ts'
import { deletedObjectsRight, listNeededRights } from '../../src/main/readiness/rights/neededRights.ts'
import { reanimationRight } from '../../src/main/readiness/rights/rightsToBringBack.ts'
import { childDn, parseDn } from '../../src/shared/domain/dn.ts'
import { extendedRights } from '../../src/shared/domain/directoryRights.ts'
import type { Dn } from '../../src/shared/domain/ids.ts'

const parse = (text: string): Dn => {
  const parsed = parseDn(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.value
}
const domain = parse('DC=contoso,DC=com')
const [singleQuotes, breaks] = [/['\u2018-\u201b]/, /[\p{Cc}\u2028\u2029]/u]
/** What people put into names, and what somebody might to break out of them. */
const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom("'", '\u2018', '\u2019', '\u201b', '"', '$', '`', '\\', ';', '\n', '\r', '\u2028', '#', '(', ')', ' ', 'a', '%', '&', '|', '{'), { maxLength: 20 }).map((parts) => parts.join('')))

/** The rule of PowerShell for single-quoted strings: a quote of any kind ends it unless another follows. Answers with text and what is left behind it. */
function readPowerShell(literal: string): { readonly text: string; readonly rest: string } {
  if (!singleQuotes.test(literal[0] ?? '')) return { text: '', rest: literal }
  let text = ''
  for (let at = 1; at < literal.length; at += 1) {
    const character = literal[at] ?? ''
    if (singleQuotes.test(character)) {
      if (!singleQuotes.test(literal[at + 1] ?? '')) return { text, rest: literal.slice(at + 1) }
      at += 1
    }
    text += character
  }
  return { text, rest: 'unterminated' }
}

describe('a literal of PowerShell', () => {
  it('is one literal, whatever is in it, and holds the same text without line breaks', () => {
    fc.assert(fc.property(nasty, (text) => {
      const quoted = quoteForPowerShell(text)
      expect(readPowerShell(quoted).rest).toBe('')
      expect(breaks.test(quoted)).toBe(false)
      if (!breaks.test(text)) expect(readPowerShell(quoted).text).toBe(text)
    }))
  })
})

describe('a word of the shell', () => {
  it('arrives as it was, in a real shell', () => {
    const isArgument = (text: string) => !breaks.test(text) && text.isWellFormed()
    const texts = fc.sample(nasty.filter(isArgument), { numRuns: 200, seed: 1 })
    const script = texts.map((text) => `printf '%s\\0' ${quoteForShell(text)}`).join('\n')
    expect(execFileSync('sh', ['-c', script]).toString('utf8').split('\0').slice(0, -1)).toEqual(texts)
  })
})

describe('a comment', () => {
  it('ends where its line ends', () => {
    fc.assert(fc.property(nasty, (text) => { expect(breaks.test(asComment(text))).toBe(false) }))
  })
})

describe('the scripts', () => {
  const account = { accountName: 'svc-guestbridge' }
  const ou = childDn('OU', 'AAD Guest Users', domain)
  const rights = [...listNeededRights({ guestOu: ou, managedOus: [ou], leaverOu: null, deletesLeavers: false, renames: false, attributes: new Map([['mail', { name: 'mail', guid: extendedRights.resetPassword, propertySet: null }]]) }), reanimationRight(domain), deletedObjectsRight(childDn('CN', 'Deleted Objects', domain))]

  it('delegate exactly the needed rights, and take them away again', () => {
    const [grant, revoke] = grantScripts(account, rights)
    const commands = (text: string | undefined) => (text ?? '').split('\n').filter((line) => !line.startsWith('#'))
    expect(commands(grant?.text)).toEqual([
      "$trustee = (Get-ADDomain).NetBIOSName + '\\' + 'svc-guestbridge'",
      "dsacls 'OU=AAD Guest Users,DC=contoso,DC=com' /I:T /G ($trustee + ':CC;user')",
      "dsacls 'OU=AAD Guest Users,DC=contoso,DC=com' /I:T /G ($trustee + ':DC;user')",
      "dsacls 'OU=AAD Guest Users,DC=contoso,DC=com' /I:S /G ($trustee + ':WP;mail;user')",
      "dsacls 'OU=AAD Guest Users,DC=contoso,DC=com' /I:S /G ($trustee + ':CA;Reset Password;user')",
      "dsacls 'DC=contoso,DC=com' /G ($trustee + ':CA;Reanimate Tombstones')",
      "dsacls 'CN=Deleted Objects,DC=contoso,DC=com' /takeownership",
      "dsacls 'CN=Deleted Objects,DC=contoso,DC=com' /G ($trustee + ':LCRP')",
    ])
    expect(commands(revoke?.text).slice(1)).toEqual(['OU=AAD Guest Users,DC=contoso,DC=com', 'DC=contoso,DC=com', 'CN=Deleted Objects,DC=contoso,DC=com'].map((dn) => `dsacls '${dn}' /R $trustee`))
  })

  it('make and remove OU and account, whatever they are called', () => {
    const quoted = childDn('OU', "Partners' \"best\"; Remove-Item C:\\", domain)
    const [create] = ouScripts(quoted, domain)
    expect(create?.text).toContain("-Name 'Partners'' \"best\"; Remove-Item C:\\' -Path 'DC=contoso,DC=com'")
    const [made, removed] = accountScripts("o'brien@contoso.com")
    expect(made?.text).toContain("-SamAccountName 'o''brien' -UserPrincipalName 'o''brien@contoso.com'")
    expect(removed?.text).toContain("Remove-ADUser -Identity 'o''brien' -Confirm")
  })

  it('hand dsacls a name in which a double quote cannot end the argument', () => {
    const [grant] = grantScripts(account, [deletedObjectsRight(childDn('OU', 'a"b', domain))])
    expect(grant?.text).toContain("dsacls 'OU=a\\22b,DC=contoso,DC=com'")
  })

  it.each([['svc@contoso.com', 'svc'], ['CONTOSO\\svc', 'svc'], ['CN=svc,OU=Services,DC=contoso,DC=com', 'svc'], ['CN=svc\\, guests,DC=contoso,DC=com', 'svc, guests'], ['svc', 'svc']])('take %s for the account %s', (account, name) => {
    expect(plainName(account)).toBe(name)
  })

  it('ask Entra for the roles that are needed, by their ids, in four forms', () => {
    const settings = { tenantId: 't1', clientId: "c'1", signInUrl: 'https://login.example', scopeGroup: null, signsIn: 'application' } as const
    const scripts = tenantScripts(settings, listNeededRoles(settings))
    expect(scripts.map(({ language }) => language)).toEqual(['json', 'shell', 'powershell', 'link'])
    const ids = ['df021288-bdef-4463-88db-98f22de89214', '09850681-111b-4a89-9bed-3f2cae46d706', '3011c876-62b7-4ada-afa2-506cbbecc68c']
    expect(JSON.parse(scripts[0]?.text ?? '')).toEqual({ requiredResourceAccess: [{ resourceAppId: '00000003-0000-0000-c000-000000000000', resourceAccess: ids.map((id) => ({ id, type: 'Role' })) }] })
    expect(scripts[1]?.text).toContain(`--api-permissions ${ids.map((id) => `'${id}=Role'`).join(' ')}`)
    expect(scripts[2]?.text).toContain("-Filter 'appId eq ''c''''1'''")
    expect(scripts[3]?.text).toBe('https://login.example/t1/adminconsent?client_id=c\'1')
    expect(listNeededRoles({ scopeGroup: 'g' }).map(({ role }) => role)).toContain('GroupMember.Read.All')
  })

  it('ask Entra for the same in the name of a person, who comes back to this computer', () => {
    const settings = { tenantId: 't1', clientId: "c'1", signInUrl: 'https://login.example', scopeGroup: null, signsIn: 'person' } as const
    const [manifest, shell, powershell, link] = tenantScripts(settings, listNeededRoles(settings))
    const ids = ['a154be20-db9c-4678-8ab7-66f6cc099a59', '63dd7cd9-b489-4adf-a28c-ac38b9a0f962', 'f92e74e7-2563-467f-9dd0-902688cb5863']
    expect(JSON.parse(manifest?.text ?? '')).toEqual({
      publicClient: { redirectUris: ['http://localhost'] }, isFallbackPublicClient: true,
      requiredResourceAccess: [{ resourceAppId: '00000003-0000-0000-c000-000000000000', resourceAccess: ids.map((id) => ({ id, type: 'Scope' })) }],
    })
    expect(shell?.text).toContain("az ad app update --id 'c'\\''1' --public-client-redirect-uris 'http://localhost' --is-fallback-public-client true")
    expect(shell?.text).toContain(`--api-permissions ${ids.map((id) => `'${id}=Scope'`).join(' ')}`)
    expect(powershell?.text).toContain("-Filter 'appId eq ''c''''1'''")
    expect(powershell?.text).toContain("+ 'http://localhost' | Select-Object -Unique")
    expect(link?.text).toBe('https://login.example/t1/adminconsent?client_id=c\'1')
  })
})
