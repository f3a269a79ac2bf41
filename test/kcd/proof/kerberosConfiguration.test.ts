import { describe, expect, it } from 'vitest'
import { isHostName, renderKerberosConfiguration } from '../../../src/main/kcd/proof/kerberosConfiguration.ts'

describe('renderKerberosConfiguration', () => {
  it('asks the configured controllers and not DNS, and never canonicalises the host of the SPN', () => {
    const text = renderKerberosConfiguration([{ domain: 'contoso.test', controllers: ['dc1.contoso.test', '::1'] }], 'app.fabrikam.com')
    expect(text).toContain(' default_realm = CONTOSO.TEST\n')
    expect(text).toContain(' dns_lookup_kdc = false\n')
    expect(text).toContain(' dns_canonicalize_hostname = false\n')
    expect(text).toContain(' CONTOSO.TEST = {\n  kdc = dc1.contoso.test\n  kdc = [::1]\n }\n')
    expect(text).toContain(' app.fabrikam.com = CONTOSO.TEST\n')
  })

  it('takes the realm of the connector as the own one, and asks DNS where no controller is configured', () => {
    const text = renderKerberosConfiguration([{ domain: 'resources.test', controllers: [] }, { domain: 'contoso.test', controllers: ['dc1'] }], null)
    expect(text).toContain(' default_realm = RESOURCES.TEST\n')
    expect(text).toContain(' dns_lookup_kdc = true\n')
    expect(text).toContain(' .contoso.test = CONTOSO.TEST\n')
  })
})

describe('isHostName', () => {
  it.each(['dc1.contoso.test', 'dc1', '10.0.0.1', 'fe80::1', '_kerberos.x'.slice(1)])('%s is one', (name) => expect(isHostName(name)).toBe(true))
  it.each(['', 'dc1 }', 'dc1\n[realms]', '-dc1', 'dc1#', 'dc1;x', '[::1]', 'dc1.'])('%j is none', (name) => expect(isHostName(name)).toBe(false))
})
