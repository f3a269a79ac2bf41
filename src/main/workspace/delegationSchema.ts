import { z } from 'zod'
import { loginMappings } from '../../shared/domain/delegation.ts'
import { account, caFile, filled, ldapUrls, textThat } from './configurationValues.ts'

const group = (description: string) => z.exactOptional(filled(description))

const connectorSchema = z.strictObject({
  account: textThat(isAccountOfConnector, 'an account name such as CONNECTOR01, a DNS name such as connector01.contoso.com, or a distinguished name', 'Computer, group managed service account or user that asks for tickets in the name of guests.'),
  group: group('Serves the applications of this group; every application where it is missing.'),
}).meta({ description: 'An account of a proxy.' })

const applicationSchema = z.strictObject({
  name: filled('What people call it; no two of the same name.'),
  spn: filled('Service principal name as it is set in the proxy, such as HTTP/intranet.contoso.com.'),
  group: group('Served by the connectors of this group; by all where it is missing.'),
  internalUrl: z.exactOptional(textThat(isWebAddress, 'an http or https URL, such as https://intranet.contoso.com/', 'Where the proxy reaches it.')),
  mapping: z.exactOptional(z.enum(loginMappings).meta({ description: 'Which identity of a guest the proxy hands on; userPrincipalName where it is missing.' })),
}).meta({ description: 'A web site that signs people in with Kerberos.' })

export const delegationSchema = z.strictObject({
  connectors: z.array(connectorSchema).meta({ description: 'The accounts of proxies.' }),
  applications: z.array(applicationSchema).meta({ description: 'The web sites behind them.' }),
  fromEntra: z.exactOptional(z.boolean().meta({ description: 'Reads connectors and applications of Entra application proxy too.' })),
}).meta({ description: 'What signs guests in by Kerberos constrained delegation, and to what.' })

export const resourceDirectorySchema = z.strictObject({
  servers: ldapUrls.servers,
  security: z.enum(['ldaps', 'startTls']).meta({ description: 'As in activeDirectory.' }),
  caFile,
  account: account('The account that reads and writes there; its password is given in GUESTBRIDGE_RESOURCE_AD_PASSWORD.'),
  globalCatalogs: z.exactOptional(ldapUrls.globalCatalogs),
}).meta({ description: 'The domain of connectors and applications, where it is another one than that of the accounts.' })

/** sAMAccountName takes none of "/\\[]:;|=,+*?<> (MS-ADTS 3.1.1.6); a DN has an equals sign. */
function isAccountOfConnector(text: string): boolean {
  return /^[^"/\\[\]:;|=,+*?<>]+$/.test(text) || /^[A-Za-z][A-Za-z0-9-]*=/.test(text)
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '' && url.username === '' && url.password === ''
}
