import { describe, expect, test } from 'vitest'
import type { ConfigurationProblem } from '../../src/main/workspace/configurationProblem.ts'
import { validateConfiguration } from '../../src/main/workspace/validateConfiguration.ts'
import { sample } from './sample.ts'

const delegation = {
  connectors: [{ account: 'CONNECTOR01', group: 'Headquarters' }, { account: 'connector02.contoso.local', group: 'Branch' }],
  applications: [{ name: 'Intranet', spn: 'HTTP/intranet.contoso.local', group: 'Headquarters', internalUrl: 'https://intranet.contoso.local/', mapping: 'userPrincipalName' }],
}

function problemsOf(text: string): readonly ConfigurationProblem[] {
  const result = validateConfiguration(text)
  return result.ok ? [] : result.problem
}
const problemsWith = (more: Readonly<Record<string, unknown>>) => problemsOf(JSON.stringify({ ...sample, ...more }, null, 2))
const entraWith = (more: Readonly<Record<string, unknown>>) => problemsWith({ entra: { ...sample.entra, ...more } })
const directoryWith = (more: Readonly<Record<string, unknown>>) => problemsWith({ activeDirectory: { ...sample.activeDirectory, ...more } })
const delegationWith = (more: Readonly<Record<string, unknown>>) => problemsWith({ delegation: { ...delegation, ...more } })
const resourcesWith = (more: Readonly<Record<string, unknown>>) => problemsWith({ resourceDirectory: { servers: ['ldaps://dc1.resources.local'], security: 'ldaps', account: 'guestbridge@resources.local', ...more } })
const leaversWith = (leavers: Readonly<Record<string, unknown>>) => problemsWith({ lifecycle: { ...sample.lifecycle, leavers } })

test('accepts a sound configuration and gives it back', () => {
  expect(validateConfiguration(JSON.stringify(sample))).toEqual({ ok: true, value: sample })
})

test('connectors and applications, and a domain of their own, are part of a configuration', () => {
  const value = { ...sample, delegation: { ...delegation, fromEntra: true }, resourceDirectory: { servers: ['ldap://dc1'], security: 'startTls', account: 'CN=sync,DC=r,DC=local', caFile: 'ca.pem', globalCatalogs: ['ldap://dc1:3268'] } }
  expect(validateConfiguration(JSON.stringify(value))).toEqual({ ok: true, value })
})

test('a service principal name with a mistake is accepted: finding it is what the checks are for', () => {
  expect(delegationWith({ applications: [{ name: 'Reports', spn: 'https://reports' }] })).toEqual([])
})

test('a group that no connector is of is accepted where a connector serves everything, or Entra has groups of its own', () => {
  const applications = [{ name: 'Intranet', spn: 'HTTP/intranet', group: 'Elsewhere' }]
  expect(delegationWith({ applications, connectors: [{ account: 'CONNECTOR01' }] })).toEqual([])
  expect(delegationWith({ applications, fromEntra: true })).toEqual([])
})

test('comments, trailing commas and a byte order mark do no harm', () => {
  const text = `\uFEFF// ours\n${JSON.stringify(sample, null, 2).replace(/\n\}$/, ',\n /* end */ }')}`
  expect(validateConfiguration(text)).toEqual({ ok: true, value: sample })
})

test('where the text is no JSON, the first places are named with what is missing, and not everything that follows from it', () => {
  const broken = JSON.stringify(sample, null, 2).replace(',\n', '\n')
  expect(problemsOf(broken)[0]).toMatchObject({ line: 3, column: 3, message: 'The file is no JSON here: a comma is missing before this.' })
  expect(problemsOf('{ a b c d e f g h').filter(({ path }) => path === '').length).toBeLessThanOrEqual(3)
})

test('a file in UTF-16 is one problem, which says how to save it', () => {
  const problems = problemsOf(Buffer.from(JSON.stringify(sample), 'utf16le').toString('utf8'))
  expect(problems).toMatchObject([{ message: 'The file is not written in UTF-8.' }])
  expect(problems[0]?.allowed).toContain('Set-Content')
})

test('a file of before leavers and retention were configurable disables leavers and keeps 180 days', () => {
  const { createForPendingInvitations, smallerSourcePercent } = sample.lifecycle
  const read = validateConfiguration(JSON.stringify({ ...sample, lifecycle: { createForPendingInvitations, smallerSourcePercent } }))
  expect(read).toMatchObject({ ok: true, value: { lifecycle: { leavers: { action: 'disable' }, retentionDays: 180 } } })
})

test('an unknown key beside the fate of leavers names those that this fate takes', () => {
  expect(leaversWith({ action: 'disable', deleteAfterDay: 60 })[0]).toMatchObject({ path: '/lifecycle/leavers/deleteAfterDay', allowed: 'action, deleteAfterDays' })
})

describe('one value that is wrong', () => {
  const cases: readonly (readonly [string, readonly ConfigurationProblem[], Partial<ConfigurationProblem>])[] = [
    ['a cloud that does not exist', entraWith({ cloud: 'mars' }), { path: '/entra/cloud', value: '"mars"', allowed: '"global", "usGovernment", "usGovernmentDoD", "china", "custom"' }],
    ['a tenant that is a name', entraWith({ tenantId: 'contoso' }), { path: '/entra/tenantId', allowed: 'a GUID, such as 6c1d1b1e-8a8b-4b1e-9f0a-1f2d3c4b5a69' }],
    ['a kind of credential that does not exist', entraWith({ credential: { kind: 'password' } }), { path: '/entra/credential/kind', value: '"password"', allowed: '"secret", "certificate", "person"' }],
    ['a certificate file of an unknown form', entraWith({ credential: { kind: 'certificate', file: 'a.der' } }), { path: '/entra/credential/file', allowed: 'a file that ends in .pem, .pfx or .p12' }],
    ['an address of a cloud that has its own', entraWith({ graphUrl: 'https://graph.example.com' }), { path: '/entra/graphUrl', allowed: 'no graphUrl, or "cloud": "custom"' }],
    ['a custom cloud without sign-in', entraWith({ cloud: 'custom', graphUrl: 'https://graph.example.com' }), { path: '/entra/signInUrl', message: 'A custom cloud needs signInUrl.' }],
    ['an address without TLS', entraWith({ cloud: 'custom', graphUrl: 'http://g.example.com', signInUrl: 'https://s.example.com' }), { path: '/entra/graphUrl', value: '"http://g.example.com"' }],
    ['an address with a path', entraWith({ cloud: 'custom', graphUrl: 'https://g.example.com/v1.0', signInUrl: 'https://s.example.com' }), { path: '/entra/graphUrl' }],
    ['no server', directoryWith({ servers: [] }), { path: '/activeDirectory/servers', allowed: 'a list of at least 1' }],
    ['a server with a path', directoryWith({ servers: ['ldaps://dc1/x'] }), { path: '/activeDirectory/servers/0', value: '"ldaps://dc1/x"' }],
    ['a server whose port cannot be', directoryWith({ servers: ['ldaps://dc1:70000'] }), { path: '/activeDirectory/servers/0' }],
    ['a server that does not fit the security', directoryWith({ servers: ['ldaps://dc1', 'ldap://dc2'] }), { path: '/activeDirectory/servers/1', allowed: 'an address that begins with ldaps://' }],
    ['StartTLS with an LDAPS address', directoryWith({ security: 'startTls' }), { path: '/activeDirectory/servers/0', allowed: 'an address that begins with ldap://' }],
    ['an OU that is no DN', directoryWith({ guestOu: 'Guests' }), { path: '/activeDirectory/guestOu', allowed: 'a distinguished name, such as OU=Guests,DC=contoso,DC=com' }],
    ['a managed OU that is no DN', directoryWith({ managedOus: ['OU=A,DC=b', 'Guests'] }), { path: '/activeDirectory/managedOus/1' }],
    ['an account that is neither UPN nor DN', directoryWith({ account: 'CONTOSO\\svc' }), { path: '/activeDirectory/account' }],
    ['a rule set that is not shipped', problemsWith({ rules: { set: 'mine' } }), { path: '/rules/set', value: '"mine"', allowed: '"guestbridge", "tutorial", "tutorial-ou", or an object { … }' }],
    ['a parameter whose name cannot be written', problemsWith({ rules: { set: 'guestbridge', parameters: { 'a b': 'c' } } }), { path: '/rules/parameters/a b' }],
    ['an import without connector', problemsWith({ runProfiles: { ...sample.runProfiles, i: { step: 'fullImport' } } }), { path: '/runProfiles/i/connector', message: 'An import needs a connector.' }],
    ['a synchronisation with connector', problemsWith({ runProfiles: { ...sample.runProfiles, s: { step: 'fullSync', connector: 'ad' } } }), { path: '/runProfiles/s/connector', value: '"ad"' }],
    ['an export to Entra', problemsWith({ runProfiles: { ...sample.runProfiles, e: { step: 'export', connector: 'entra' } } }), { path: '/runProfiles/e/connector' }],
    ['a step that does not exist', problemsWith({ runProfiles: { ...sample.runProfiles, x: { step: 'deltaDance' } } }), { path: '/runProfiles/x/step', value: '"deltaDance"' }],
    ['an unknown profile in the cycle', problemsWith({ cycle: ['ad full import', 'snyc'] }), { path: '/cycle/1', message: 'There is no run profile of this name. Did you mean "sync"?' }],
    ['an export in the cycle', problemsWith({ runProfiles: { ...sample.runProfiles, e: { step: 'export' } }, cycle: ['e'] }), { path: '/cycle/0', value: '"e"' }],
    ['a threshold below zero', problemsWith({ thresholds: { ...sample.thresholds, create: { count: -1 } } }), { path: '/thresholds/create/count', value: '-1', allowed: 'a number of at least 0' }],
    ['a percentage above a hundred', problemsWith({ thresholds: { ...sample.thresholds, create: { count: 1, percent: 101 } } }), { path: '/thresholds/create/percent', allowed: 'a number of at most 100' }],
    ['half a change', problemsWith({ thresholds: { ...sample.thresholds, create: { count: 0.5 } } }), { path: '/thresholds/create/count', allowed: 'a whole number' }],
    ['a text where a truth value belongs', problemsWith({ lifecycle: { ...sample.lifecycle, createForPendingInvitations: 'no' } }), { path: '/lifecycle/createForPendingInvitations', allowed: 'true or false' }],
    ['a grace that is shorter than 30 days', leaversWith({ action: 'disable', deleteAfterDays: 29 }), { path: '/lifecycle/leavers/deleteAfterDays', value: '29', allowed: 'a number of at least 30' }],
    ['an unknown fate of leavers', leaversWith({ action: 'delete' }), { path: '/lifecycle/leavers/action', value: '"delete"', allowed: '"leave", "disable", "disableAndMove"' }],
    ['an OU of leavers in the guest OU', leaversWith({ action: 'disableAndMove', ou: 'OU=Left,OU=Guests,DC=contoso,DC=local' }), { path: '/lifecycle/leavers/ou', allowed: 'an OU outside of guestOu' }],
    ['a scoping group that is a name', entraWith({ scopeGroup: 'Partners' }), { path: '/entra/scopeGroup', allowed: 'a GUID, such as 6c1d1b1e-8a8b-4b1e-9f0a-1f2d3c4b5a69' }],
    ['a proof of absence with connector', problemsWith({ runProfiles: { ...sample.runProfiles, p: { step: 'proveAbsence', connector: 'ad' } } }), { path: '/runProfiles/p/connector', value: '"ad"' }],
    ['a delta import without connector', problemsWith({ runProfiles: { ...sample.runProfiles, d: { step: 'deltaImport' } } }), { path: '/runProfiles/d/connector' }],
    ['an unknown profile in the delta cycle', problemsWith({ deltaCycle: ['snyc'] }), { path: '/deltaCycle/0', message: 'There is no run profile of this name. Did you mean "sync"?' }],
    ['a connector that no account can be called', delegationWith({ connectors: [{ account: 'CONTOSO\\CONNECTOR01' }, ...delegation.connectors] }), { path: '/delegation/connectors/0/account' }],
    ['a connector that is listed twice', delegationWith({ connectors: [...delegation.connectors, { account: 'connector01' }] }), { path: '/delegation/connectors/2/account', value: '"connector01"', allowed: 'each account once' }],
    ['two applications of one name', delegationWith({ applications: [...delegation.applications, ...delegation.applications] }), { path: '/delegation/applications/1/name' }],
    ['an application of a group without connectors', delegationWith({ applications: [{ name: 'ERP', spn: 'HTTP/erp', group: 'Branhc' }] }), { path: '/delegation/applications/0/group', message: 'No connector is of this group. Did you mean "Branch"?', allowed: '"Headquarters", "Branch"' }],
    ['an application without SPN', delegationWith({ applications: [{ name: 'ERP' }] }), { path: '/delegation/applications/0/spn', message: 'This is missing.' }],
    ['an address of an application that is none', delegationWith({ applications: [{ name: 'ERP', spn: 'HTTP/erp', internalUrl: 'erp' }] }), { path: '/delegation/applications/0/internalUrl', value: '"erp"' }],
    ['a mapping that does not exist', delegationWith({ applications: [{ name: 'ERP', spn: 'HTTP/erp', mapping: 'mail' }] }), { path: '/delegation/applications/0/mapping', value: '"mail"' }],
    ['an unknown key of an application', delegationWith({ applications: [{ name: 'ERP', spn: 'HTTP/erp', internalURL: 'https://erp' }] }), { path: '/delegation/applications/0/internalURL', message: 'The key "internalURL" is not known here. Did you mean "internalUrl"?' }],
    ['a server of the other domain that does not fit the security', resourcesWith({ servers: ['ldap://dc1'] }), { path: '/resourceDirectory/servers/0', allowed: 'an address that begins with ldaps://' }],
    ['an OU where the other domain takes none', resourcesWith({ guestOu: 'OU=Guests,DC=resources,DC=local' }), { path: '/resourceDirectory/guestOu' }],
    ['an empty name', problemsWith({ name: '' }), { path: '/name', allowed: 'a text that is not empty' }],
  ]
  test.each(cases)('%s is found, alone and at its place', (_, problems, expected) => {
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject(expected)
    expect(problems[0]?.line).toBeGreaterThan(1)
    expect(problems[0]?.allowed).not.toBe('')
  })
})

describe('keys', () => {
  test('an unknown key is an error that names the nearest known one, the place and all that are known', () => {
    const text = JSON.stringify({ ...sample, entra: { ...sample.entra, tennantId: 'x' } }, null, 2)
    const line = text.split('\n').findIndex((each) => each.includes('tennantId')) + 1
    expect(problemsOf(text)).toEqual([{
      path: '/entra/tennantId', line, column: 5, value: '', message: 'The key "tennantId" is not known here. Did you mean "tenantId"?',
      allowed: 'cloud, graphUrl, signInUrl, caFile, tenantId, clientId, credential, filter, scopeGroup',
    }])
  })

  test.each([
    ['/entra/credential/secret', entraWith({ credential: { kind: 'secret', secret: 'do not show this' } }), 'kind, expires'],
    ['/runProfiles/sync/conector', problemsWith({ runProfiles: { ...sample.runProfiles, sync: { step: 'fullSync', conector: 'ad' } } }), 'step, connector'],
    ['/rules/set/flie', problemsWith({ rules: { set: { file: 'r.json', flie: 'r.json' } } }), 'file'],
    ['/thresholds/create/precent', problemsWith({ thresholds: { ...sample.thresholds, create: { count: 1, precent: 3 } } }), 'count, percent'],
    ['/threshold', problemsWith({ threshold: 1 }), '$schema, version, id, name, purpose, entra, activeDirectory, rules, runProfiles, cycle, deltaCycle, thresholds, lifecycle, delegation, resourceDirectory, unattended, notifications'],
  ])('finds %s, and never shows what it holds', (path, problems, allowed) => {
    expect(problems).toMatchObject([{ path, value: '', allowed }])
    expect(JSON.stringify(problems)).not.toContain('do not show this')
  })

  test('a missing key is reported at the object that lacks it', () => {
    const { tenantId: _, ...entra } = sample.entra
    const text = JSON.stringify({ ...sample, entra }, null, 2)
    const line = text.split('\n').findIndex((each) => each.includes('"entra": {')) + 1
    expect(problemsOf(text)).toEqual([{ path: '/entra/tenantId', line, column: 12, value: '', message: 'This is missing.', allowed: 'a text' }])
  })

  test('a key that comes twice is an error that names both lines', () => {
    const text = JSON.stringify(sample, null, 2).replace('"cloud": "global",', '"cloud": "global",\n    "cloud": "china",')
    const line = text.split('\n').findIndex((each) => each.includes('china')) + 1
    expect(problemsOf(text)).toMatchObject([{ path: '/entra/cloud', line, message: `The key "cloud" is there already, in line ${line - 1}.` }])
  })
})

test('names everything that is wrong at once, in the order of the file', () => {
  const problems = problemsWith({ purpose: 'play', entra: { ...sample.entra, cloud: 'mars', extra: 1 }, cycle: ['nothing like it'], lifecycle: {} })
  expect(problems.map((problem) => problem.path)).toEqual([
    '/purpose', '/entra/cloud', '/entra/extra', '/cycle/0', '/lifecycle/createForPendingInvitations', '/lifecycle/smallerSourcePercent',
  ])
})

test('text that is no JSON is reported with line and column, together with what else is wrong', () => {
  const problems = problemsOf(JSON.stringify({ ...sample, purpose: 'play' }, null, 2).replace('"name": "Contoso",', '"name": Contoso,'))
  expect(problems[0]).toMatchObject({ path: '', line: 4, column: 11, value: 'Contoso' })
  expect(problems.map((problem) => problem.path)).toContain('/purpose')
})

test.each(['', '[]', '"text"', 'null'])('a file that holds %j is no configuration', (text) => {
  expect(problemsOf(text).length).toBeGreaterThan(0)
})

test('a newer format is refused alone, whatever else is in it', () => {
  expect(problemsOf('{\n  "version": 2,\n  "cloud": "mars"\n}')).toEqual([{
    path: '/version', line: 2, column: 14, value: '2', allowed: '1',
    message: 'The workspace was written by a newer Guestbridge (format 2). Nothing was changed; update this one.',
  }])
})
