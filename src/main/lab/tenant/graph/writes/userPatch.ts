import { z } from 'zod'
import type { TenantUser } from '../../tenantUser.ts'
import { graphErrors } from '../graphErrors.ts'
import type { QueryResult } from '../query/filterExpression.ts'
import { findUserProperty } from '../userProperties.ts'

const text = z.string().min(1).nullable()
const name = z.string().min(1).max(256)

/** What can be written to a user, named as in TenantUser, with the lengths that Graph states (https://learn.microsoft.com/graph/api/resources/user). */
const patchSchema = z.object({
  userPrincipalName: z.string().regex(/^[A-Za-z0-9'.\-_!#^~]+@[A-Za-z0-9.-]+$/),
  displayName: name,
  mailNickname: z.string().min(1).max(64),
  givenName: z.string().min(1).max(64).nullable(),
  surname: z.string().min(1).max(64).nullable(),
  mail: text,
  otherMails: z.array(z.string().min(1)),
  userType: z.enum(['Guest', 'Member']).nullable(),
  accountEnabled: z.boolean(),
  companyName: z.string().min(1).max(64).nullable(),
  department: z.string().min(1).max(64).nullable(),
  jobTitle: z.string().min(1).max(128).nullable(),
  employeeId: z.string().min(1).max(16).nullable(),
  employeeType: text,
  officeLocation: text,
  city: text,
  country: text,
  usageLocation: z.string().length(2).nullable(),
  preferredLanguage: text,
  mobilePhone: text,
  businessPhones: z.array(z.string().min(1)).max(1),
}).partial().strict()

/** The body of a PATCH, or what is wrong with it: a property that is not there, that only the service writes, or of the wrong type. */
export function readUserPatch(body: Readonly<Record<string, unknown>> | null): QueryResult<Partial<TenantUser>> {
  if (body === null) return refuse('Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.')
  // Annotations are read by nobody.
  const values = Object.fromEntries(Object.entries(body).filter(([key]) => !key.startsWith('@')))
  const parsed = patchSchema.safeParse(values)
  if (parsed.success) return { ok: true, value: withoutUndefined(parsed.data) }
  const [issue] = parsed.error.issues
  if (issue?.code !== 'unrecognized_keys') return refuse(`Invalid value specified for property '${String(issue?.path[0])}' of resource 'User'.`)
  const [key = ''] = issue.keys
  return refuse(findUserProperty(key) === null ? `Invalid property '${key}'.` : `Property '${key}' is read-only and cannot be set.`)
}

function withoutUndefined(values: object): Partial<TenantUser> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function refuse(message: string): QueryResult<never> {
  return { ok: false, error: graphErrors.badRequest(message) }
}
