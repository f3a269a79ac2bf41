import { describe, expect, it } from 'vitest'
import { explainLoginIdentity, loginIdentitiesOf, loginIdentityOf } from '../../../src/main/kcd/rules/loginIdentity.ts'
import type { GuestFacts, LoginMapping, PrincipalFacts } from '../../../src/shared/domain/delegation.ts'
import { guest, proxy, read, shadow, unread } from './world.ts'

describe('the login identity of a guest', () => {
  it('is the userPrincipalName alone: the other mappings have nothing, or a name that no account can have', () => {
    expect(loginIdentitiesOf(guest()).map(({ mapping, identity, resolvesTo }) => [mapping, identity, resolvesTo])).toEqual([
      ['userPrincipalName', 'ana_fabrikam.test#EXT#@contoso.onmicrosoft.com', 'theGuestsAccount'],
      ['onPremisesUserPrincipalName', null, 'nothingToDelegate'],
      ['userPrincipalUsername', 'ana_fabrikam.test#EXT#', 'nobody'],
      ['onPremisesUserPrincipalUsername', null, 'nothingToDelegate'],
      ['onPremisesSAMAccountName', null, 'nothingToDelegate'],
    ])
  })

  it('is named for whom it is, and what would be needed', () => {
    const sentences = loginIdentitiesOf(guest()).map(explainLoginIdentity)
    expect(sentences[0]).toContain('which is the guest\'s account')
    expect(sentences[1]).toContain('Guests need userPrincipalName')
    expect(sentences[2]).toContain('at most 20 characters')
    const found = (accounts: readonly PrincipalFacts[]) => explainLoginIdentity(loginIdentityOf(guest({ found: { userPrincipalName: read(accounts) } }), 'userPrincipalName'))
    expect(found([])).toContain('which nobody has')
    expect(found([proxy])).toContain('which is another account: CN=PROXY01')
    expect(found([shadow, proxy])).toContain('which several accounts could be: CN=ana')
    expect(explainLoginIdentity(loginIdentityOf(guest({ found: {} }), 'userPrincipalName'))).toContain('was not read')
  })

  type Row = readonly [rule: string, mapping: LoginMapping, guest: GuestFacts, identity: string | null, resolvesTo: string]
  const member = { userPrincipalName: 'ana@contoso.test', onPremisesUserPrincipalName: 'a.souza@corp.contoso.test', onPremisesAccountName: 'ASOUZA' }
  const rows: readonly Row[] = [
    ['the part before the last @', 'userPrincipalUsername', guest({ ...member, userPrincipalName: 'a@b@contoso.test', found: { userPrincipalUsername: read([shadow]) } }), 'a@b', 'theGuestsAccount'],
    ['a short name that is another account\'s', 'userPrincipalUsername', guest({ ...member, found: { userPrincipalUsername: read([proxy]) } }), 'ana', 'anotherAccount'],
    ['what Entra Connect synchronised', 'onPremisesUserPrincipalName', guest({ ...member, found: { onPremisesUserPrincipalName: read([shadow]) } }), 'a.souza@corp.contoso.test', 'theGuestsAccount'],
    ['its part before the @', 'onPremisesUserPrincipalUsername', guest({ ...member, found: { onPremisesUserPrincipalUsername: read([]) } }), 'a.souza', 'nobody'],
    ['the account name of the member', 'onPremisesSAMAccountName', guest({ ...member, found: { onPremisesSAMAccountName: read([shadow, proxy]) } }), 'ASOUZA', 'several'],
    ['a name that was not looked up', 'onPremisesSAMAccountName', guest({ ...member, found: {} }), 'ASOUZA', 'notChecked'],
    ['a name that could not be looked up', 'userPrincipalName', guest({ found: { userPrincipalName: unread } }), guest().userPrincipalName, 'notChecked'],
    ['an account, where the guest\'s own is not known', 'userPrincipalName', guest({ account: unread }), guest().userPrincipalName, 'notChecked'],
    ['an account, where the guest has none', 'userPrincipalName', guest({ account: read(null) }), guest().userPrincipalName, 'anotherAccount'],
    ['an empty name', 'onPremisesSAMAccountName', guest({ onPremisesAccountName: '' }), null, 'nothingToDelegate'],
  ]
  it.each(rows)('by the mapping of a member or a guest: %s', (_rule, mapping, facts, identity, resolvesTo) => {
    expect(loginIdentityOf(facts, mapping)).toMatchObject({ mapping, identity, resolvesTo })
  })
})
