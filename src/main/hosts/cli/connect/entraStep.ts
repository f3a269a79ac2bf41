import type { ConnectInput } from '../../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../../shared/domain/result.ts'
import type { SetUp } from './connectOptions.ts'
import { askCredential } from './credentialStep.ts'
import { readAuthorityFile } from './readAuthorityFile.ts'

export type EntraAnswers = NonNullable<ConnectInput<'connect.test'>['entra']>
type Cloud = Pick<EntraAnswers, 'cloud' | 'graphUrl' | 'signInUrl' | 'caPem'>

const clouds = [
  { value: 'global', label: 'Microsoft Entra (worldwide)' },
  { value: 'usGovernment', label: 'US Government (GCC High)' },
  { value: 'usGovernmentDoD', label: 'US Government (DoD)' },
  { value: 'china', label: 'China (21Vianet)' },
  { value: 'custom', label: 'another one, by the addresses of its Graph and its sign-in' },
] as const

/** Tenant, application and credential, each question with what is configured as its answer. */
export async function askEntra(setUp: SetUp): Promise<Result<EntraAnswers, Problem>> {
  const { dialogue, options, shown } = setUp
  dialogue.say('Tenant')
  const cloud = await askCloud(setUp)
  if (!cloud.ok) return cloud
  const tenantId = await askTenant(setUp, cloud.value)
  if (!tenantId.ok) return tenantId
  const clientId = await dialogue.ask({ text: 'Application (client) id of the app registration', flag: '--client', given: options.client, fallback: shown.entra?.clientId ?? null })
  if (!clientId.ok) return clientId
  const credential = await askCredential(setUp, { ...cloud.value, tenantId: tenantId.value, clientId: clientId.value })
  return credential.ok ? succeed({ ...cloud.value, tenantId: tenantId.value, clientId: clientId.value, credential: credential.value }) : credential
}

async function askCloud({ dialogue, options, shown, context }: SetUp): Promise<Result<Cloud, Problem>> {
  const question = { text: 'Cloud of the tenant', flag: '--cloud', given: options.cloud }
  const cloud = await dialogue.choose(question, clouds, shown.entra?.cloud ?? 'global', (given) => clouds.find(({ value }) => value === given)?.value ?? null)
  if (!cloud.ok) return cloud
  const authority = options.entraCa === undefined ? succeed(shown.entra?.caPem ?? null) : await readAuthorityFile(context, options.entraCa)
  if (!authority.ok) return authority
  if (cloud.value !== 'custom') return succeed({ cloud: cloud.value, graphUrl: null, signInUrl: null, caPem: authority.value })
  const graphUrl = await dialogue.ask({ text: 'Address of Microsoft Graph (https://…)', flag: '--graph-url', given: options.graphUrl, fallback: shown.entra?.graphUrl ?? null })
  if (!graphUrl.ok) return graphUrl
  const signInUrl = await dialogue.ask({ text: 'Address of the sign-in (https://…)', flag: '--sign-in-url', given: options.signInUrl, fallback: shown.entra?.signInUrl ?? null })
  if (!signInUrl.ok) return signInUrl
  const present = authority.value === null ? '' : 'as configured'
  const file = options.entraCa === undefined ? await dialogue.ask({ text: 'File with its certificate authority (PEM; empty: those of this computer)', flag: '--entra-ca', given: undefined, fallback: present }) : succeed(present)
  if (!file.ok) return file
  const chosen = file.value === present ? authority : await readAuthorityFile(context, file.value)
  return chosen.ok ? succeed({ cloud: 'custom', graphUrl: graphUrl.value, signInUrl: signInUrl.value, caPem: chosen.value }) : chosen
}

/** Asked again until the sign-in service knows it; a script is told once. */
async function askTenant({ dialogue, options, shown, call, context }: SetUp, cloud: Cloud): Promise<Result<string, Problem>> {
  for (let given = options.tenant; ; given = undefined) {
    const tenant = await dialogue.ask({ text: 'Tenant (domain name or id)', flag: '--tenant', given, fallback: shown.entra?.tenantId ?? null })
    if (!tenant.ok) return tenant
    const found = await call('connect.findTenant', { ...cloud, tenant: tenant.value })
    if (found.ok) {
      dialogue.say(`  ${tenant.value} is the tenant ${found.value.tenantId}.`)
      return succeed(found.value.tenantId)
    }
    if (!dialogue.isInteractive || given !== undefined) return found
    context.output.problem(found.problem)
  }
}
