import type { EntraConfiguration } from './configuration.ts'

/** Origins without path. */
export type CloudEndpoints = { readonly graphUrl: string; readonly signInUrl: string }

/** https://learn.microsoft.com/graph/deployments */
const endpoints: Readonly<Record<Exclude<EntraConfiguration['cloud'], 'custom'>, CloudEndpoints>> = {
  global: { graphUrl: 'https://graph.microsoft.com', signInUrl: 'https://login.microsoftonline.com' },
  usGovernment: { graphUrl: 'https://graph.microsoft.us', signInUrl: 'https://login.microsoftonline.us' },
  usGovernmentDoD: { graphUrl: 'https://dod-graph.microsoft.us', signInUrl: 'https://login.microsoftonline.us' },
  china: { graphUrl: 'https://microsoftgraph.chinacloudapi.cn', signInUrl: 'https://login.chinacloudapi.cn' },
}

/** Where Graph and the sign-in of the configured cloud are; a custom cloud names both itself (seen to by the schema's cross checks). */
export function cloudEndpoints(entra: Pick<EntraConfiguration, 'cloud' | 'graphUrl' | 'signInUrl'>): CloudEndpoints {
  if (entra.cloud !== 'custom') return endpoints[entra.cloud]
  if (entra.graphUrl === undefined || entra.signInUrl === undefined) throw new Error('A custom cloud without its addresses passed the validation')
  return { graphUrl: new URL(entra.graphUrl).origin, signInUrl: new URL(entra.signInUrl).origin }
}
