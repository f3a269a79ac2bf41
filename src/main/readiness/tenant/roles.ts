import type { TenantInspector } from '../../connectors/readinessPorts.ts'
import { failed, notChecked, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { tenantScripts } from '../scripts/tenantScripts.ts'
import { broaderRoles, harmlessRoles, listNeededRoles } from './graphRoles.ts'
import type { RoleNeed } from './graphRoles.ts'
import type { TenantSettings, TenantWorld } from './tenantWorld.ts'
import { afterToken } from './tenantWorld.ts'

export async function checkTenantSignIn({ inspector, settings }: TenantWorld, signal: AbortSignal): Promise<CheckAnswer> {
  const opened = await inspector()
  if (!opened.ok) return failed(opened.problem.message, opened.problem.remedy)
  const token = await opened.value.readToken(signal)
  if (!token.ok) return failed(token.problem.message, token.problem.remedy, { read: [`tenant ${settings.tenantId}`, `application ${settings.clientId}`] })
  const { tenant } = token.value
  if (tenant !== null && tenant !== settings.tenantId.toLowerCase()) return failed(`The sign-in led to the tenant ${tenant}, not to ${settings.tenantId}.`, 'Correct tenantId of `entra`.')
  return passed(`The application ${settings.clientId} is signed in to the tenant ${settings.tenantId}.`, { read: [`token service ${settings.signInUrl}`] })
}

/** What was granted against what the features need; what can be tried without writing is tried, whatever the claim says. */
export const checkRoles = afterToken(async ({ settings }, inspector, { roles }, signal): Promise<CheckAnswer> => {
  const needs = listNeededRoles(settings)
  const probes = await tryOut(inspector, needs, signal)
  const scripts = tenantScripts(settings, needs)
  const read = [`roles of the token: ${roles.length === 0 ? 'none can be read' : roles.join(', ')}`, ...probes.map(({ need, outcome }) => `${need.role}: ${outcome}`)]
  const refused = probes.find(({ outcome, need }) => outcome === 'refused' && need.necessity === 'required')
  if (refused !== undefined) return failed(`Graph refuses what ${refused.need.role} is for: the application ${refused.need.why.replace(/^reads/, 'may not read')}.`, remedyOf(refused.need, settings), { read, scripts })
  if (roles.length === 0) return notChecked('The token does not say which roles were granted; what could be tried went through.', null, { read, scripts })
  const missing = needs.filter(({ role }) => !covers(roles, role))
  const required = missing.filter(({ necessity }) => necessity === 'required')
  if (required.length > 0) return failed(`The application lacks ${namesOf(required)}.`, `Add it (${kindOf(settings)}) under App registrations, API permissions, and let an administrator grant consent.`, { read, scripts })
  const excess = roles.filter((role) => !needs.some((need) => need.role === role) && !harmlessRoles.has(role) && !isForScopeGroup(role, settings))
  if (excess.length > 0) return warned(`The application has more rights than Guestbridge needs: ${excess.join(', ')}.`, 'Take them away under App registrations, API permissions, once nothing else uses this application: least privilege.', { read, scripts })
  if (missing.length > 0) return warned(`The application lacks ${namesOf(missing)}; everything else works.`, 'Grant what is to be used from here, leave out the rest.', { read, scripts })
  return passed('The application has the roles that it needs, and no more.', { read, scripts })
})

type Probe = { readonly need: RoleNeed; readonly outcome: 'answered' | 'refused' | 'not tried: it would write' | 'not tried: Graph did not answer' }

async function tryOut(inspector: TenantInspector, needs: readonly RoleNeed[], signal: AbortSignal): Promise<readonly Probe[]> {
  const probes: Probe[] = []
  for (const need of needs) {
    const collection = need.role === 'User.Read.All' ? 'users' : need.role === 'GroupMember.Read.All' ? 'groups' : null
    const answer = collection === null ? null : await inspector.probe(collection, signal)
    if (answer === null) probes.push({ need, outcome: 'not tried: it would write' })
    else if (answer.ok) probes.push({ need, outcome: 'answered' })
    else probes.push({ need, outcome: answer.problem.kind === 'notPermitted' ? 'refused' : 'not tried: Graph did not answer' })
  }
  return probes
}

function covers(roles: readonly string[], needed: RoleNeed['role']): boolean {
  return [needed, ...(broaderRoles[needed] ?? [])].some((role) => roles.includes(role))
}

/** Harmless beside what is used, and needed as soon as a group is chosen. */
function isForScopeGroup(role: string, { scopeGroup }: TenantSettings): boolean {
  return scopeGroup === null && role === 'GroupMember.Read.All'
}

function namesOf(needs: readonly RoleNeed[]): string {
  return needs.map(({ role, why }) => `${role} (${why})`).join(' and ')
}

function remedyOf({ role }: RoleNeed, settings: TenantSettings): string {
  const add = `Add ${role} (${kindOf(settings)}) under App registrations, API permissions, and let an administrator grant consent; a new right counts with the next token.`
  return settings.signsIn === 'person' ? `${add} The person who signed in must be allowed to do the same.` : add
}

/** As the column "Type" of API permissions calls it. */
function kindOf({ signsIn }: TenantSettings): 'Application' | 'Delegated' {
  return signsIn === 'person' ? 'Delegated' : 'Application'
}
