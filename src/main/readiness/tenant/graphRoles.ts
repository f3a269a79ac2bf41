import type { TenantSettings } from './tenantWorld.ts'

/** Application roles of Microsoft Graph by value, with their ids (https://learn.microsoft.com/graph/permissions-reference). */
export const graphRoles = {
  'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
  'GroupMember.Read.All': '98830695-27a2-44f7-8c18-0c3ebc9698f6',
  'User.Invite.All': '09850681-111b-4a89-9bed-3f2cae46d706',
  'User.EnableDisableAccount.All': '3011c876-62b7-4ada-afa2-506cbbecc68c',
} as const
export type GraphRole = keyof typeof graphRoles
/** The same, in the name of a person who signed in (delegated permissions of the same reference). */
export const delegatedPermissions: Readonly<Record<GraphRole, string>> = {
  'User.Read.All': 'a154be20-db9c-4678-8ab7-66f6cc099a59',
  'GroupMember.Read.All': 'bc024368-1153-4739-b217-4326f2e966d0',
  'User.Invite.All': '63dd7cd9-b489-4adf-a28c-ac38b9a0f962',
  'User.EnableDisableAccount.All': 'f92e74e7-2563-467f-9dd0-902688cb5863',
}
export const graphResource = '00000003-0000-0000-c000-000000000000'

export type RoleNeed = { readonly role: GraphRole; readonly why: string; readonly necessity: 'required' | 'optional' }

/** The least with which each feature works; what is optional belongs to a feature that may be left out. */
export function listNeededRoles({ scopeGroup }: Pick<TenantSettings, 'scopeGroup'>): readonly RoleNeed[] {
  return [
    { role: 'User.Read.All', why: 'reads the guests', necessity: 'required' },
    ...(scopeGroup === null ? [] : [{ role: 'GroupMember.Read.All', why: 'reads who is in the scope group', necessity: 'required' } as const]),
    { role: 'User.Invite.All', why: 'invites guests', necessity: 'optional' },
    { role: 'User.EnableDisableAccount.All', why: 'blocks and unblocks guests', necessity: 'optional' },
  ]
}

/** Roles that contain a needed one: the feature works, with more rights than it needs. */
export const broaderRoles: Readonly<Partial<Record<GraphRole, readonly string[]>>> = {
  'User.Read.All': ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'GroupMember.Read.All': ['Group.Read.All', 'GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'User.Invite.All': ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  'User.EnableDisableAccount.All': ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
}

/** Some answers of optional checks need these; more than reading they do not give. `User.Read`: every new registration has it. */
export const harmlessRoles: ReadonlySet<string> = new Set(['User.Read', 'Policy.Read.All', 'Organization.Read.All', 'LicenseAssignment.Read.All', 'Application.Read.All', 'AuditLog.Read.All'])
