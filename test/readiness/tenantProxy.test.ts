import { describe, expect, it } from 'vitest'
import { checkProxy } from '../../src/main/readiness/tenant/proxy.ts'
import type { TenantWorld } from '../../src/main/readiness/tenant/tenantWorld.ts'
import { noProxy, type ProxyInUse } from '../../src/shared/domain/proxyInUse.ts'

const settings = { tenantId: 't', clientId: 'c', signInUrl: 'https://login.microsoftonline.com', graphUrl: 'https://graph.microsoft.com', signsIn: 'application', scopeGroup: null, attributes: [] } as const
const neverOpened = (): never => { throw new Error('Nothing is to be asked for this') }
const through: ProxyInUse = { proxy: 'http://proxy.contoso.com:8080', namedBy: 'HTTPS_PROXY', exceptions: ['login.microsoftonline.com', 'localhost'], problems: [] }

const check = (proxy: ProxyInUse) => checkProxy({ settings, proxy, inspector: neverOpened, reader: neverOpened } satisfies TenantWorld)

describe('the proxy', () => {
  it('is named with who named it; what was looked at says how Graph and the sign-in are asked', async () => {
    expect(await check(through)).toMatchObject({
      state: 'passed', message: 'Graph is asked through the proxy http://proxy.contoso.com:8080 (HTTPS_PROXY).',
      read: [
        'https://graph.microsoft.com: through the proxy http://proxy.contoso.com:8080 (HTTPS_PROXY)', 'https://login.microsoftonline.com: directly, as an exception of the proxy http://proxy.contoso.com:8080 (HTTPS_PROXY)',
        'exceptions: login.microsoftonline.com, localhost',
      ],
    })
  })

  it('is not missed where nobody names one', async () => {
    expect(await check(noProxy)).toMatchObject({ state: 'passed', message: 'Graph is asked directly: neither HTTPS_PROXY nor the settings of the system name a proxy.' })
  })

  it('is a warning where a setting of the system cannot be followed, with all of them and their remedies', async () => {
    const problems = ['one', 'two'].map((name) => ({ kind: 'configurationInvalid', message: `Setting ${name} cannot be used.`, remedy: `Mend ${name}.` }) as const)
    expect(await check({ ...through, problems })).toMatchObject({ state: 'warning', message: 'Setting one cannot be used. Setting two cannot be used.', remedy: 'Mend one. Mend two.' })
  })
})
