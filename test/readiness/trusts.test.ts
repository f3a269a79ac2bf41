import { describe, expect, it, onTestFinished } from 'vitest'
import { createDirectoryInspector } from '../../src/main/connectors/ad/readiness/directoryInspector.ts'
import { createDirectoryReader } from '../../src/main/connectors/ad/directoryReader.ts'
import { rememberAnswers } from '../../src/main/readiness/rememberAnswers.ts'
import { resourceChecks } from '../../src/main/readiness/resourceChecks.ts'
import { bindChecks } from '../../src/main/readiness/runChecks.ts'
import type { Dn } from '../../src/shared/domain/ids.ts'
import type { ReadinessFinding } from '../../src/shared/domain/readiness.ts'
import { succeed } from '../../src/shared/domain/result.ts'
import { startScriptedDirectory } from '../connectors/ad/scriptedDirectory.ts'
import type { Entry } from '../connectors/ad/scriptedDirectory.ts'
import { dnOf, guestOu } from '../engine/world.ts'
import { openTestWorkspace } from '../runs/testWorkspace.ts'

const domain = 'DC=scripted,DC=test'
const configuration = `CN=Configuration,${domain}`
/** S-1-5-21-1-2-3 */
const domainSid = Buffer.from('010400000000000515000000010000000200000003000000', 'hex')

type Trust = { readonly partner: string; readonly direction: number; readonly attributes: number }

/** The domain of the applications, with these trusts; the accounts are in `accounts`. */
async function examine(trusts: readonly Trust[], accounts: Dn | null, otherDomains: readonly string[] = []): Promise<ReadinessFinding> {
  const entries: Readonly<Record<string, readonly Entry[]>> = {
    [domain]: [{ name: domain, attributes: { objectGUID: [Buffer.alloc(16, 1)], objectSid: [domainSid] } }],
    [`CN=System,${domain}`]: trusts.map(({ partner, direction, attributes }) => ({ name: `CN=${partner},CN=System,${domain}`, attributes: { trustPartner: [partner], trustDirection: [String(direction)], trustAttributes: [String(attributes)] } })),
    [`CN=Partitions,${configuration}`]: ['scripted.test', ...otherDomains].map((dnsRoot) => ({ name: `CN=${dnsRoot},CN=Partitions,${configuration}`, attributes: { dnsRoot: [dnsRoot], systemFlags: ['3'] } })),
  }
  const directory = await startScriptedDirectory({
    rootDse: { configurationNamingContext: [configuration] }, onStartTls: (reply) => reply.done(),
    onSearch: ({ baseDN }, reply) => {
      for (const entry of entries[baseDN] ?? []) reply.entry(entry)
      reply.done()
    },
  })
  const [inspector, reader, workspace] = [createDirectoryInspector(directory.connection), createDirectoryReader(directory.connection), await openTestWorkspace()]
  onTestFinished(async () => {
    await Promise.all([inspector.close(), reader.close(), workspace.close()])
    await directory.stop()
  })
  const settings = { account: directory.connection.account, guestOu, managedOus: [], leaverOu: null, deletesLeavers: false, renames: false, writtenAttributes: [], usedAttributes: [] }
  const world = { settings, inspector: rememberAnswers(inspector), reader: async () => succeed(reader), store: workspace.store, now: Date.now(), probe: null }
  const check = bindChecks(resourceChecks({ accounts: () => Promise.resolve(accounts), services: () => Promise.resolve([]) }), world).find(({ id }) => id === 'resource-trust')
  if (check === undefined) throw new Error('There is no check of the trust')
  return check.find(new AbortController().signal)
}

describe('the trust between the domain of the accounts and that of the applications', () => {
  const accounts = dnOf('DC=guests,DC=contoso,DC=com')

  it.each<readonly [rule: string, trusts: readonly Trust[], state: ReadinessFinding['state'], words: RegExp]>([
    ['is missing', [], 'failed', /scripted\.test does not trust guests\.contoso\.com/],
    ['is with somebody else', [{ partner: 'fabrikam.com', direction: 3, attributes: 8 }], 'failed', /does not trust/],
    ['goes the wrong way', [{ partner: 'contoso.com', direction: 1, attributes: 8 }], 'failed', /does not trust/],
    ['is not one of the forests', [{ partner: 'guests.contoso.com', direction: 3, attributes: 0 }], 'warning', /not by a two-way trust of the forests/],
    ['goes one way', [{ partner: 'contoso.com', direction: 2, attributes: 8 }], 'warning', /not by a two-way trust/],
    ['is two-way, forest with forest, by the name of the forest', [{ partner: 'contoso.com', direction: 3, attributes: 8 }], 'passed', /trust each other/],
  ])('%s', async (_rule, trusts, state, words) => {
    const finding = await examine(trusts, accounts)
    expect(finding).toMatchObject({ state, message: expect.stringMatching(words) as string })
    expect(finding.remedy === null).toBe(state === 'passed')
  })

  it('is not needed within one forest', async () => {
    expect(await examine([], accounts, ['guests.contoso.com'])).toMatchObject({ state: 'passed', message: expect.stringContaining('one forest') as string })
  })

  it('is not checked where nobody knows the domain of the accounts', async () => {
    expect(await examine([], null)).toMatchObject({ state: 'notChecked' })
  })
})
