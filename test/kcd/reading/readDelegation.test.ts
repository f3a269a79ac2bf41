import { readFile } from 'node:fs/promises'
import { Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DelegationReader } from '../../../src/main/connectors/delegationPorts.ts'
import { guestLimit } from '../../../src/main/kcd/reading/gatherGuests.ts'
import type { DelegationSelection, DelegationSources } from '../../../src/main/kcd/reading/delegationSources.ts'
import { readDelegation } from '../../../src/main/kcd/reading/readDelegation.ts'
import type { ConnectorFacts, DelegationFacts, PrincipalFacts } from '../../../src/shared/domain/delegation.ts'
import { startLabReading, type JoinedGuest, type LabReading } from './labReading.ts'

const never = new AbortController().signal
const nobody: DelegationSelection = { applications: null, guests: [] }
let lab: LabReading
let shadows: readonly PrincipalFacts[]
let facts: DelegationFacts

beforeAll(async () => {
  lab = await startLabReading()
  shadows = await findShadows()
  facts = await read(lab.sources({}), nobody)
})
afterAll(() => lab.close())

describe('a reading of the lab', () => {
  it('finds the one account of each connector, with its list and bits', () => {
    expect(facts.connectors.map(({ name, group }) => `${name} of ${group}`)).toEqual([
      'CONNECTOR01 of Headquarters', 'CONNECTOR02 of Headquarters', 'CONNECTOR03 of Headquarters', 'CONNECTOR04 of Branch offices', 'CONNECTOR05 of Branch offices',
      'CONNECTOR06 of Old sites', 'svc-proxy of Old sites',
    ])
    expect(onlyAccount(facts.connectors[0])).toMatchObject({ accountName: 'CONNECTOR01$', dnsHostName: 'connector01.contoso.lab', allowedToDelegateTo: ['HTTP/intranet.contoso.lab', 'HTTP/erp.contoso.lab', 'HTTP/wiki.contoso.lab'] })
  })

  it('knows who owns the name of each application and of each entry in a list, stale ones too', () => {
    expect(ownerNames('http/intranet.contoso.lab')).toEqual(['WEB01$'])
    expect(ownerNames('http/portal.contoso.lab')).toEqual([])
    expect(ownerNames('http/retired.contoso.lab')).toEqual([])
    expect(Object.keys(facts.services)).toEqual(expect.arrayContaining(facts.applications.map(({ spn }) => spn.toLowerCase())))
  })

  it('asks DNS for the host of each application, and not for one that its name does not have', () => {
    const hosts = Object.fromEntries(facts.applications.map(({ name, host }) => [name, host]))
    expect(hosts['Intranet']).toEqual({ kind: 'read', value: { kind: 'address', target: '127.0.0.1' } })
    expect(hosts['Portal']).toEqual({ kind: 'read', value: { kind: 'alias', target: 'web01.contoso.lab' } })
    expect(hosts['Reports']).toMatchObject({ kind: 'notRead', why: expect.stringContaining('scheme') as unknown })
  })

  it('reads the domain once, with its Kerberos servers, clocks and ports', () => {
    expect(facts.domains).toHaveLength(1)
    expect(facts.domains[0]).toMatchObject({ dnsName: 'contoso.lab', role: 'both', kerberosServers: { kind: 'read', value: ['dc1.contoso.lab'] } })
    expect(facts.domains[0]?.controllers[0]?.ports).toEqual({ kerberos: { kind: 'read', value: 'open' }, ldaps: { kind: 'read', value: 'open' } })
  })

  it('names the SIDs of descriptors, and says of one that nobody has it any more', () => {
    const trusted = Object.entries(facts.names).find(([sid]) => sid.endsWith('-4711'))
    expect(trusted?.[1]).toEqual({ kind: 'read', value: null })
  })
})

describe('connectors of workspace.json', () => {
  it.each(['CONNECTOR01$', 'connector01.contoso.lab', 'CN=CONNECTOR01,OU=Servers,DC=contoso,DC=lab'])('may be named as %s', async (account) => {
    const found = await read(lab.sources({ configuration: { connectors: [{ account }], applications: [] } }), nobody)
    expect(found.connectors).toMatchObject([{ name: 'CONNECTOR01', group: null, source: 'configuration', status: null }])
  })

  it('may be an account of a user, and nobody is nobody', async () => {
    const { connectors } = await read(lab.sources({ configuration: { connectors: [{ account: 'svc-erp' }, { account: 'svc-erp@contoso.lab' }, { account: 'nobody' }], applications: [] } }), nobody)
    expect(connectors.map(({ name, accounts }) => [name, accounts.kind === 'read' ? accounts.value.length : null])).toEqual([['svc-erp', 1], ['svc-erp', 1], ['nobody', 0]])
  })
})

describe('guests', () => {
  it('come with the account that the metaverse joins, and with whom each identity leads to', async () => {
    const [shadow] = shadows
    const { guests } = await read(lab.sources({ guests: [guestOf('a', shadow, shadow?.userPrincipalName ?? '')] }), { applications: null, guests: ['a'] })
    expect(guests).toHaveLength(1)
    expect(guests[0]?.account).toMatchObject({ kind: 'read', value: { anchor: shadow?.anchor } })
    expect(guests[0]?.found.userPrincipalName).toMatchObject({ kind: 'read', value: [{ anchor: shadow?.anchor }] })
    // Nothing of a guest is synchronised, so the other mappings have nothing that could be looked for.
    expect(guests[0]?.found.onPremisesUserPrincipalName).toBeUndefined()
  })

  it('whose name leads to nobody have an empty answer, which is not "not read"', async () => {
    const [shadow] = shadows
    const { guests } = await read(lab.sources({ guests: [guestOf('a', shadow, 'gone_fabrikam.com#EXT#@contosolab.onmicrosoft.com')] }), { applications: null, guests: ['a'] })
    expect(guests[0]?.found.userPrincipalName).toEqual({ kind: 'read', value: [] })
  })

  it('whose name is the account name of somebody in the domain lead there: a KDC takes it for one', async () => {
    const { guests } = await read(lab.sources({ guests: [{ ...guestOf('a', undefined, 'svc-print@contoso.lab') }] }), { applications: null, guests: ['a'] })
    const found = guests[0]?.found.userPrincipalName
    expect(found?.kind === 'read' ? found.value.map(({ accountName }) => accountName) : null).toEqual(['svc-print'])
  })

  it('whose account went since the last import are not taken for guests without one', async () => {
    const { guests } = await read(lab.sources({ guests: [{ ...guestOf('a', undefined, 'a@b.c'), account: '00000000-0000-4000-8000-000000000000' }] }), { applications: null, guests: ['a'] })
    expect(guests[0]?.account).toMatchObject({ kind: 'notRead', why: expect.stringContaining('run a cycle') as unknown })
  })

  it('are, where nobody is named, those with an account, and those beyond the limit are counted', async () => {
    const [shadow] = shadows
    const many = Array.from({ length: guestLimit + 7 }, (_, index) => guestOf(`guest-${String(index).padStart(4, '0')}`, shadow, 'a@b.c'))
    const without = guestOf('without', undefined, 'w@b.c')
    const answer = await readDelegation(lab.sources({ configuration: { connectors: [], applications: [] }, guests: [...many, without] }), { applications: null, guests: null }, () => undefined, never)
    expect(answer).toMatchObject({ ok: true, value: { guestsLeftOut: 7 } })
    expect(answer.ok && answer.value.facts.guests.map(({ entraId }) => entraId)).toEqual(many.slice(0, guestLimit).map(({ id }) => id))
  })
})

describe('a selection', () => {
  it('takes applications by name or id, whatever their case, with the connectors of their group, and leaves the others out', async () => {
    const { applications, connectors } = await read(lab.sources({}), { applications: ['intranet'], guests: [] })
    expect(applications.map(({ name }) => name)).toEqual(['Intranet'])
    expect(connectors.map(({ group }) => group)).toEqual(['Headquarters', 'Headquarters', 'Headquarters'])
  })

  it('of an application that nobody knows names those that are', async () => {
    const answer = await readDelegation(lab.sources({}), { applications: ['Extranet'], guests: [] }, () => undefined, never)
    expect(answer).toMatchObject({ ok: false, problem: { kind: 'notFoundInWorkspace', remedy: expect.stringContaining('Intranet, ERP') as unknown } })
  })
})

describe('what cannot be read', () => {
  const refused = { ok: false, problem: { kind: 'notPermitted', message: 'may not be read', remedy: '' } } as const

  it('says why in its place, and the rest is read', async () => {
    const partly: DelegationReader = { ...lab.reader, findOwners: () => Promise.resolve(refused), nameSids: () => Promise.resolve(refused) }
    const { services, names, connectors } = await read(lab.sources({ accounts: partly }), nobody)
    expect(services['http/intranet.contoso.lab']).toEqual({ kind: 'notRead', why: 'may not be read' })
    expect(Object.values(names).every((name) => name.kind === 'notRead')).toBe(true)
    expect(onlyAccount(connectors[0])?.accountName).toBe('CONNECTOR01$')
  })

  it('fails as a whole where it is the domain itself', async () => {
    const unreachable: DelegationReader = { ...lab.reader, readDomain: () => Promise.resolve({ ok: false, problem: { kind: 'unreachable', message: 'no controller answers', remedy: 'look' } }) }
    expect(await readDelegation(lab.sources({ accounts: unreachable }), nobody, () => undefined, never)).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
  })

  it('is nothing when it is cancelled', async () => {
    const cancel = new AbortController()
    const answer = readDelegation(lab.sources({}), nobody, (phase) => { if (phase === 'services') cancel.abort() }, cancel.signal)
    expect(await answer).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
  })
})

describe('applications and connectors of Entra', () => {
  const proxy: DelegationSources['proxy'] = {
    kind: 'read',
    value: {
      connectors: [{ id: 'c', machineName: 'connector01.contoso.lab', status: 'inactive', group: 'Default' }],
      applications: [{ id: 'app-1', name: 'Intranet of Entra', group: 'Default', internalUrl: null, singleSignOnMode: 'onPremisesKerberos', preAuthentication: 'aadPreAuthentication', spn: 'http/INTRANET.contoso.lab', mapping: 'userPrincipalName', assignedTo: ['a'] }],
    },
  }

  it('stand for those of workspace.json that are the same account or have the same name of a service', async () => {
    const found = await read({ ...lab.sources({}), proxy }, nobody)
    expect(found.connectors.map(({ name, source, status }) => [name, source, status]).slice(0, 2)).toEqual([['connector01.contoso.lab', 'entra', 'inactive'], ['CONNECTOR02', 'configuration', null]])
    expect(found.applications.map(({ name }) => name).slice(0, 2)).toEqual(['Intranet of Entra', 'ERP'])
    expect(found.applications[0]).toMatchObject({ id: 'app-1', source: 'entra', assignedTo: { kind: 'read', value: ['a'] } })
  })
})

describe('connectors and applications in a domain of their own', () => {
  let resources: LabReading
  beforeAll(async () => { resources = await startLabReading() })
  afterAll(() => resources.close())

  it('are looked for there, and guests where their accounts are', async () => {
    const [shadow] = shadows
    const both = { ...lab.sources({ guests: [guestOf('a', shadow, shadow?.userPrincipalName ?? '')] }), resources: resources.reader }
    const found = await read(both, { applications: ['Intranet'], guests: ['a'] })
    expect(found.domains.map(({ role, sid }) => [role, sid])).toEqual([['accounts', lab.endpoints.domain.sid], ['resources', resources.endpoints.domain.sid]])
    expect(onlyAccount(found.connectors[0])?.sid.startsWith(resources.endpoints.domain.sid)).toBe(true)
    expect(found.guests[0]?.account).toMatchObject({ kind: 'read', value: { anchor: shadow?.anchor } })
    // Who else has the name is a finding, wherever it is.
    const owners = found.services['http/intranet.contoso.lab']
    expect(owners?.kind === 'read' ? owners.value.map(({ account }) => account.sid.slice(0, account.sid.lastIndexOf('-'))).sort() : null).toEqual([lab.endpoints.domain.sid, resources.endpoints.domain.sid].sort())
  })

  it('may turn out to be in the same domain, which is then read as one', async () => {
    const { domains } = await read({ ...lab.sources({}), resources: lab.reader }, nobody)
    expect(domains.map(({ role }) => role)).toEqual(['both'])
  })

  it('whose domain does not answer leave it open whether a name has a second owner', async () => {
    const silent: DelegationReader = { ...resources.reader, findOwners: () => Promise.resolve({ ok: false, problem: { kind: 'timedOut', message: 'no answer', remedy: '' } }) }
    const { services } = await read({ ...lab.sources({}), resources: silent }, { applications: ['Intranet'], guests: [] })
    expect(services['http/intranet.contoso.lab']).toEqual({ kind: 'notRead', why: 'no answer' })
  })
})

async function read(sources: DelegationSources, selection: DelegationSelection): Promise<DelegationFacts> {
  const answer = await readDelegation(sources, selection, () => undefined, never)
  if (!answer.ok) throw new Error(answer.problem.message)
  return answer.value.facts
}

/** An account of an earlier tool, as the directory shows them. */
async function findShadows(): Promise<readonly PrincipalFacts[]> {
  const { ldapsUrl, caFile, administrator, administratorPassword, domain } = lab.endpoints
  const client = new Client({ url: ldapsUrl, tlsOptions: { ca: [await readFile(caFile)] } })
  try {
    await client.bind(administrator, administratorPassword)
    const { searchEntries } = await client.search(domain.guestOu, { filter: '(&(objectClass=user)(userPrincipalName=*#EXT#*))', attributes: ['userPrincipalName'], sizeLimit: 100 })
    const [entry] = searchEntries
    const found = await lab.reader.findPrincipals({ by: 'userPrincipalName', userPrincipalName: String(entry?.['userPrincipalName']) }, never)
    return found.ok ? found.value : []
  } finally {
    await client.unbind()
  }
}

function guestOf(id: string, account: PrincipalFacts | undefined, userPrincipalName: string): JoinedGuest {
  return { id, attributes: { userPrincipalName: [userPrincipalName], displayName: ['A guest'], accountEnabled: [true] }, account: account?.anchor ?? null }
}

function onlyAccount(connector: ConnectorFacts | undefined): PrincipalFacts | undefined {
  return connector?.accounts.kind === 'read' && connector.accounts.value.length === 1 ? connector.accounts.value[0] : undefined
}

function ownerNames(key: string): readonly string[] | null {
  const service = facts.services[key]
  return service?.kind === 'read' ? service.value.map(({ account }) => account.accountName) : null
}
