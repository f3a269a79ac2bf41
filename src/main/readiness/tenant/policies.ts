import type { Problem } from '../../../shared/domain/problem.ts'
import { failed, notChecked, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { afterToken } from './tenantWorld.ts'

/** External collaboration settings (https://learn.microsoft.com/graph/api/resources/authorizationpolicy, allowInvitesFrom). */
export const checkInvitations = afterToken(async (_world, inspector, { roles }, signal): Promise<CheckAnswer> => {
  const policy = await inspector.readInvitationPolicy(signal)
  if (!policy.ok) return unreadable(policy.problem, 'the invitation policy', 'Policy.Read.All')
  const read = [`allowInvitesFrom: ${policy.value}`]
  if (policy.value === 'none') return warned('Nobody may invite guests into this tenant, not even this application.', 'Entra, External Identities, External collaboration settings: choose who may invite. Guests who are there already are not concerned.', { read })
  if (!roles.includes('User.Invite.All')) return passed(`Invitations are open to: ${policy.value}. The application itself may not invite.`, { read })
  return passed(`The application may invite guests; people: ${policy.value}.`, { read })
})

/** Entra ID P1 or P2 is what group-based scopes and sign-in activity want; guests themselves need none. */
export const checkLicence = afterToken(async (_world, inspector, _token, signal): Promise<CheckAnswer> => {
  const licences = await inspector.readLicences(signal)
  if (!licences.ok) return unreadable(licences.problem, 'the licences of the tenant', 'LicenseAssignment.Read.All')
  const read = licences.value.map((name) => `licence ${name}`)
  const hasPremium = licences.value.some((name) => premium.test(name))
  if (hasPremium) return passed('The tenant has Microsoft Entra ID P1 or P2, as the application proxy asks for.', { read })
  return warned('The tenant has no licence that is known to hold Microsoft Entra ID P1 or P2; the Entra application proxy needs one.', 'Check the licences in the admin centre. Shadow accounts themselves need none, nor does another proxy.', { read })
})

/** skuPartNumber of licences with Entra ID P1 or P2 (https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference). */
const premium = /^(AAD_PREMIUM|EMS|SPE_|SPB$|M365_|Microsoft_365_E|ENTERPRISEPREMIUM_EMS|IDENTITY_THREAT|Microsoft_Entra_Suite)/i

/** Seconds; tokens are refused from five minutes on (RFC 7519 4.1.4 leaves "some leeway", Entra takes five). */
const [tolerated, refused] = [120, 300]

export const checkTenantClock = afterToken(async (_world, inspector, _token, signal): Promise<CheckAnswer> => {
  const skew = await inspector.readClock(signal)
  if (!skew.ok) return notChecked(skew.problem.message, skew.problem.remedy)
  const message = `The clock of this computer is ${Math.abs(skew.value)} s ${skew.value < 0 ? 'ahead of' : 'behind'} that of Graph.`
  const remedy = 'Set the clock of this computer by a time service; certificates and tokens are judged by it.'
  const read = ['header Date of an answer']
  if (Math.abs(skew.value) > refused) return failed(message, remedy, { read })
  return Math.abs(skew.value) > tolerated ? warned(message, remedy, { read }) : passed('The clock of this computer agrees with that of Graph.', { read })
})

/** Graph's words for 403 and 404 speak of users; here another role is meant. */
function unreadable(problem: Problem, what: string, role: string): CheckAnswer {
  if (problem.kind === 'notPermitted') return notChecked(`The application may not read ${what}: that takes ${role}, which Guestbridge needs for nothing else.`, `Look at it in the Entra admin centre, or grant ${role} (Application).`)
  return notChecked(`Reading ${what} failed. ${problem.message}`, problem.remedy)
}
