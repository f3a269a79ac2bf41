import { z } from 'zod'
import type { WorkspaceConfiguration } from './configuration.ts'
import { account, caFile, dn, filled, guid, httpsOrigin, ldapUrls, textThat } from './configurationValues.ts'
import { notificationsSchema, unattendedSchema } from './unattendedSchema.ts'
import { delegationSchema, resourceDirectorySchema } from './delegationSchema.ts'

/**
 * The shape of `workspace.json`, for validation and for the published JSON Schema. What one value needs of another is in
 * crossChecks.ts. Each description completes what an editor shows beside the key.
 */

/** Days from our disable to a deletion at the least (sync-semantics 6). */
const shortestGrace = 30

const credential = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('secret'),
    expires: z.exactOptional(z.iso.date().meta({ description: 'The day on which the client secret ends, as Entra showed it: it is announced 30 days before.' })),
  }).meta({ description: 'A client secret, given in GUESTBRIDGE_ENTRA_SECRET.' }),
  z.strictObject({
    kind: z.literal('certificate'),
    file: textThat((file) => /\.(pem|pfx|p12)$/i.test(file), 'a file that ends in .pem, .pfx or .p12', 'Certificate with its RSA private key. Relative to this folder; its password is given in GUESTBRIDGE_ENTRA_SECRET.'),
  }).meta({ description: 'A certificate with its private key.' }),
  z.strictObject({ kind: z.literal('person') }).meta({ description: 'A person who signed in; what renews the sign-in is kept in the keychain. For attended use: a certificate does not depend on a person.' }),
]).meta({ description: 'How the application proves who it is. The secret itself is never in this file.' })

export const entraSchema = z.strictObject({
  cloud: z.enum(['global', 'usGovernment', 'usGovernmentDoD', 'china', 'custom']).meta({ description: 'Where the tenant lives.' }),
  graphUrl: z.exactOptional(httpsOrigin('Microsoft Graph of a custom cloud.')),
  signInUrl: z.exactOptional(httpsOrigin('Token service of a custom cloud.')),
  caFile,
  tenantId: guid('Directory (tenant) ID.'),
  clientId: guid('Application (client) ID of the app registration.'),
  credential,
  filter: z.exactOptional(z.string().meta({ description: "$filter of the import; userType eq 'Guest' where it is missing." })),
  scopeGroup: z.exactOptional(guid('Object ID of a group: only its members, nested groups included, are guests of this workspace.')),
}).meta({ description: 'The tenant whose guests are read.' })

export const directorySchema = z.strictObject({
  servers: ldapUrls.servers,
  security: z.enum(['ldaps', 'startTls']).meta({ description: 'How the connection is encrypted: ldaps with ldaps:// servers, startTls with ldap:// servers.' }),
  caFile,
  account: account('The account that reads and writes; its password is given in GUESTBRIDGE_AD_PASSWORD.'),
  guestOu: dn('Where accounts of guests are created: %GuestOu% of the rules.'),
  managedOus: z.exactOptional(z.array(dn('An organizational unit.')).min(1).meta({ description: 'What is imported and written, the guest OU always included; the guest OU alone where it is missing.' })),
  globalCatalogs: z.exactOptional(ldapUrls.globalCatalogs),
}).meta({ description: 'The domain where the guests get accounts.' })

const rules = z.strictObject({
  set: z.union([z.enum(['guestbridge', 'tutorial', 'tutorial-ou']), z.strictObject({ file: filled('Rule set as a JSON file. Relative to this folder.') })])
    .meta({ description: 'A rule set that is shipped, or a file.' }),
  parameters: z.exactOptional(z.record(z.string().regex(/^[A-Za-z]\w*$/), z.string()).meta({ description: 'More %name% parameters of expressions.' })),
}).meta({ description: 'The rules by which guests become accounts.' })

export const runProfilesSchema = z.record(z.string().min(1), z.strictObject({
  step: z.enum(['fullImport', 'deltaImport', 'proveAbsence', 'fullSync', 'deltaSync', 'export']).meta({ description: 'What the run does.' }),
  connector: z.exactOptional(z.enum(['entra', 'ad']).meta({ description: 'On which system; an import needs one, a synchronisation has none.' })),
})).meta({ description: 'Named runs.' })

export const cycleSchema = z.array(z.string().min(1)).min(1).meta({ description: 'Run profiles in order. The cycle ends at the plan, never with an export.' })

const threshold = (description: string) => z.strictObject({
  count: z.int().min(0).meta({ description: 'So many changes at most.' }),
  percent: z.exactOptional(z.number().min(0).max(100).meta({ description: 'At most so many percent of the managed accounts, from 50 accounts and five changes on.' })),
}).meta({ description })

const deleteAfterDays = z.exactOptional(z.int().min(shortestGrace).meta({ description: 'So many days after our own disable the account is deleted; never where it is missing.' }))
const leaveAlone = z.strictObject({ action: z.literal('leave') }).meta({ description: 'Reported only.' })
const disable = z.strictObject({ action: z.literal('disable'), deleteAfterDays }).meta({ description: 'Disabled where it is.' })
const disableAndMove = z.strictObject({ action: z.literal('disableAndMove'), ou: dn('Where accounts of leavers go; managed by that.'), deleteAfterDays })
  .meta({ description: 'Disabled and moved.' })

export const lifecycleSchema = z.strictObject({
  createForPendingInvitations: z.boolean().meta({ description: 'Whether a guest who has not accepted the invitation yet gets an account.' }),
  smallerSourcePercent: z.number().min(0).max(100).meta({ description: 'A source that is smaller than at the last good import by more percent stops the synchronisation.' }),
  leavers: z.discriminatedUnion('action', [leaveAlone, disable, disableAndMove]).default({ action: 'disable' })
    .meta({ description: 'What happens to the account of a guest who left; disabled where it is missing.' }),
  retentionDays: z.int().min(1).default(180).meta({ description: 'Runs, evidence and old versions are kept for so many days.' }),
}).meta({ description: 'What happens in the life of a guest.' })

export const configurationSchema = z.strictObject({
  $schema: z.exactOptional(z.string().meta({ description: 'For editors: the JSON Schema of this file.' })),
  version: z.literal(1).meta({ description: 'Version of this format.' }),
  id: guid('Identifies the workspace; every plan is bound to it.'),
  name: filled('Shown to people.'),
  purpose: z.enum(['production', 'lab']).meta({ description: 'lab: the embedded tenant and directory are used.' }),
  entra: entraSchema,
  activeDirectory: directorySchema,
  rules,
  runProfiles: runProfilesSchema,
  cycle: cycleSchema,
  deltaCycle: z.exactOptional(cycleSchema.meta({ description: 'Run profiles of the delta cycle in order: what changed since the last one.' })),
  thresholds: z.strictObject({
    disableAndDelete: threshold('Accounts that would be disabled or deleted.'),
    renameMoveAndUserPrincipalName: threshold('Accounts that would be renamed, moved, or get another userPrincipalName.'),
    updateAdoptAndEnable: threshold('Accounts that would be updated, adopted or enabled.'),
    create: threshold('Accounts that would be created.'),
    delegation: z.strictObject({ count: z.int().min(0).meta({ description: 'So many changes at most.' }) }).default({ count: 20 })
      .meta({ description: 'Settings of delegation that would be changed; 20 where it is missing.' }),
  }).meta({ description: 'What a plan may hold at most before it is blocked.' }),
  lifecycle: lifecycleSchema,
  delegation: z.exactOptional(delegationSchema),
  resourceDirectory: z.exactOptional(resourceDirectorySchema),
  unattended: z.exactOptional(unattendedSchema),
  notifications: z.exactOptional(notificationsSchema),
}).meta({ title: 'Guestbridge workspace', description: 'Settings of a Guestbridge workspace. Comments and trailing commas are welcome.' }) satisfies z.ZodType<WorkspaceConfiguration>
