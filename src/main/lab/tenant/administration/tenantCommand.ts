import { z } from 'zod'

/** A user by id, userPrincipalName or mail address; deleted users are found too. */
const user = z.string().min(1)
/** A group by id or displayName. */
const group = z.string().min(1)
const text = z.string().min(1).nullable()

const userValues = z.strictObject({
  displayName: z.string().min(1), givenName: text, surname: text, mail: text, companyName: text, department: text, jobTitle: text, employeeId: text,
  employeeType: text, officeLocation: text, city: text, country: text, usageLocation: text, preferredLanguage: text, mobilePhone: text,
  onPremisesSyncEnabled: z.boolean().nullable(), onPremisesSecurityIdentifier: text,
}).partial()

const faultEffect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), status: z.int().min(200).max(599), headers: z.record(z.string(), z.string()).default({}), body: z.string().default('') }),
  z.strictObject({ kind: z.literal('delay'), seconds: z.number().min(0).max(600) }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({ kind: z.literal('cutOff') }),
])

/** What can be done to the tenant of a lab from outside of Graph. docs/lab.md describes each. */
export const tenantCommandSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('changeUser'), user, values: userValues }),
  z.strictObject({ kind: z.literal('renameUser'), user, userPrincipalName: z.string().regex(/^[A-Za-z0-9'.\-_!#^~]+@[A-Za-z0-9.-]+$/) }),
  z.strictObject({ kind: z.literal('deleteUser'), user }),
  z.strictObject({ kind: z.literal('restoreUser'), user }),
  z.strictObject({ kind: z.literal('eraseUser'), user }),
  z.strictObject({ kind: z.literal('makeMember'), user }),
  z.strictObject({ kind: z.literal('makeGuest'), user }),
  z.strictObject({ kind: z.literal('blockUser'), user }),
  z.strictObject({ kind: z.literal('unblockUser'), user }),
  z.strictObject({ kind: z.literal('inviteGuest'), mail: z.string().regex(/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/), displayName: z.string().min(1).max(256).optional() }),
  z.strictObject({ kind: z.literal('acceptInvitation'), user }),
  z.strictObject({ kind: z.literal('addGroupMember'), group, member: z.string().min(1) }),
  z.strictObject({ kind: z.literal('removeGroupMember'), group, member: z.string().min(1) }),
  z.strictObject({ kind: z.literal('deleteGroup'), group }),
  z.strictObject({ kind: z.literal('restoreGroup'), group }),
  z.strictObject({ kind: z.literal('expireDeltaTokens') }),
  z.strictObject({ kind: z.literal('resetDelta') }),
  z.strictObject({ kind: z.literal('restrictInvitations') }),
  z.strictObject({ kind: z.literal('allowInvitations') }),
  z.strictObject({ kind: z.literal('limitResourceUnits'), units: z.int().min(1).max(1_000_000) }),
  z.strictObject({ kind: z.literal('unlimitResourceUnits') }),
  z.strictObject({
    kind: z.literal('planFault'), path: z.string().min(1), method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']).optional(),
    after: z.int().min(0).default(0), times: z.int().min(1).default(1), effect: faultEffect,
  }),
  z.strictObject({ kind: z.literal('clearFaults') }),
])

export type TenantCommand = z.output<typeof tenantCommandSchema>
/** As it is written: what has a default may be left out. */
export type TenantCommandInput = z.input<typeof tenantCommandSchema>

/** `id`: of the user or group that was changed; null where the command concerns none. */
export type TenantOutcome = { readonly kind: 'done'; readonly id: string | null } | { readonly kind: 'refused'; readonly message: string }
