import { z } from 'zod'
import { delegationAttributes, type DelegationChange, type DelegationPlanHeader } from '../../../shared/domain/delegationPlan.ts'
import { parseDn } from '../../../shared/domain/dn.ts'
import { parseObjectGuid, parseSid } from '../../../shared/domain/ids.ts'
import type { Result } from '../../../shared/domain/result.ts'

const guid = z.string().transform(branded(parseObjectGuid))
const sid = z.string().transform(branded(parseSid))
const dn = z.string().transform(branded(parseDn))
const spn = z.string()

/** As DelegationIntent, with accounts by their objectGUID. */
const delegationIntent = z.union([
  z.strictObject({ kind: z.enum(['allowService', 'disallowService']), account: guid, spn }),
  z.strictObject({ kind: z.enum(['useAnyProtocol', 'useKerberosOnly', 'endUnconstrained', 'allowAes']), account: guid }),
  z.strictObject({ kind: z.enum(['trustConnectors', 'endTrust']), service: guid, connectors: z.array(sid) }),
  z.strictObject({ kind: z.enum(['registerService', 'unregisterService']), account: guid, spn }),
  z.strictObject({ kind: z.literal('makeApplicationWork'), application: z.string(), way: z.enum(['classic', 'resourceBased']) }),
])

/** First line of the file. */
export const delegationPlanHeader = z.strictObject({
  format: z.literal('guestbridge-delegation-plan'), version: z.literal(1), workspace: z.string(), domainSid: z.string(), readAt: z.string(),
  purpose: z.union([
    z.strictObject({ kind: z.literal('intents'), intents: z.array(delegationIntent) }),
    z.strictObject({ kind: z.literal('undo'), run: z.int() }),
  ]),
}) satisfies z.ZodType<DelegationPlanHeader>

const change = z.strictObject({
  kind: z.literal('delegation'), anchor: guid, dn, accountName: z.string(), attribute: z.enum(delegationAttributes), before: z.array(z.string()), after: z.array(z.string()),
  reason: z.string(), needsPrivilege: z.boolean(), cautions: z.array(z.string()),
}) satisfies z.ZodType<DelegationChange>

/** Each further line. */
export const delegationPlanLine = z.strictObject({ hash: z.string(), change })

/** What its own parser makes of a text; what that refuses, the schema refuses. */
function branded<Value, Problem>(parse: (text: string) => Result<Value, Problem>) {
  return (text: string, context: z.RefinementCtx<string>): Value => {
    const parsed = parse(text)
    if (parsed.ok) return parsed.value
    context.addIssue({ code: 'custom', message: 'is not of the form that is expected', input: text })
    return z.NEVER
  }
}
