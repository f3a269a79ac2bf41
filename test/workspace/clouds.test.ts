import { expect, test } from 'vitest'
import { cloudEndpoints } from '../../src/main/workspace/clouds.ts'

test.each([
  ['global', 'https://graph.microsoft.com', 'https://login.microsoftonline.com'],
  ['usGovernment', 'https://graph.microsoft.us', 'https://login.microsoftonline.us'],
  ['usGovernmentDoD', 'https://dod-graph.microsoft.us', 'https://login.microsoftonline.us'],
  ['china', 'https://microsoftgraph.chinacloudapi.cn', 'https://login.chinacloudapi.cn'],
] as const)('%s has its own Graph and sign-in', (cloud, graphUrl, signInUrl) => {
  expect(cloudEndpoints({ cloud })).toEqual({ graphUrl, signInUrl })
})

test('a custom cloud has the addresses that it names, as origins', () => {
  expect(cloudEndpoints({ cloud: 'custom', graphUrl: 'https://localhost:8443/', signInUrl: 'https://Sign-In.example.com' }))
    .toEqual({ graphUrl: 'https://localhost:8443', signInUrl: 'https://sign-in.example.com' })
})
