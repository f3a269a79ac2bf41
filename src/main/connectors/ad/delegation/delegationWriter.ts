import { valuesOf } from '../../../../shared/domain/attributes.ts'
import type { Value } from '../../../../shared/domain/attributes.ts'
import type { DelegationAttribute } from '../../../../shared/domain/delegationPlan.ts'
import type { ObjectGuid } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { DelegationWriter } from '../../delegationPorts.ts'
import type { Conversation } from '../conversation.ts'
import type { DirectoryConnection } from '../directoryConnection.ts'
import { DirectoryPool } from '../directoryPool.ts'
import { DirectorySchema } from '../directorySchema.ts'
import { identifyDomain } from '../identify.ts'
import { modifyObject } from '../modifyObject.ts'
import { readOne } from '../readObjects.ts'

/** Writes the settings of delegation in one domain, always on the controller that answered first (sync-semantics 16). */
export function createDelegationWriter(connection: DirectoryConnection): DelegationWriter {
  const link = new DirectoryPool(connection)
  const schema = new DirectorySchema(link)
  return {
    identify: async (signal) => {
      const identity = await identifyDomain(link, schema, signal)
      return identity.ok ? succeed({ controller: identity.value.controller, domainSid: identity.value.domainSid, boundAs: identity.value.boundAs }) : identity
    },
    readValues: (anchor, attribute, signal) => readValues(link, schema, anchor, attribute, signal),
    writeValues: async (anchor, attribute, before, after, signal) => {
      const change = { name: attribute, before: before.map((value) => parse(attribute, value)), after: after.map((value) => parse(attribute, value)) }
      const written = await modifyObject(link, schema, anchor, [change], signal)
      return written.ok ? written : fail(await explain(link, schema, { anchor, attribute, before, after }, written.problem, signal))
    },
    close: () => link.close(),
  }
}

async function readValues(link: Conversation, schema: DirectorySchema, anchor: ObjectGuid, attribute: DelegationAttribute, signal: AbortSignal): ReturnType<DelegationWriter['readValues']> {
  const found = await readOne(link, schema, anchor, ['objectGUID', attribute], signal)
  if (!found.ok) return found
  if (found.value === null) return succeed(null)
  const { dn, attributes } = found.value
  if (dn === null) throw new Error(`The entry of ${anchor} came without its name`)
  return succeed({ dn, values: valuesOf(attributes, attribute).map(String) })
}

/** The form in which the directory's values are compared: numbers as numbers. What is no number is refused by its syntax. */
function parse(attribute: DelegationAttribute, text: string): Value {
  const isNumber = attribute === 'userAccountControl' || attribute === 'msDS-SupportedEncryptionTypes'
  return isNumber && /^-?\d{1,10}$/.test(text) ? Number(text) : text
}

type Write = { readonly anchor: ObjectGuid; readonly attribute: DelegationAttribute; readonly before: readonly string[]; readonly after: readonly string[] }

/**
 * Lists and bits of delegation need a right on the object and a privilege on the controller. Whoever may write the attribute and is refused lacks the
 * privilege, whatever code the server has for it: Windows says 00000522, Samba the code of any missing right.
 */
async function explain(link: Conversation, schema: DirectorySchema, write: Write, problem: Problem, signal: AbortSignal): Promise<Problem> {
  const isOfRights = problem.kind === 'delegationPrivilegeMissing' || problem.kind === 'notPermitted'
  if (!isOfRights || !needsPrivilege(write)) return problem
  if (problem.kind === 'delegationPrivilegeMissing') return privilegeMissing(link, write, problem)
  const rights = await readOne(link, schema, write.anchor, ['objectGUID', 'allowedAttributesEffective'], signal)
  const writable = rights.ok && rights.value !== null ? valuesOf(rights.value.attributes, 'allowedAttributesEffective').map((name) => String(name).toLowerCase()) : []
  return writable.includes(write.attribute.toLowerCase()) ? privilegeMissing(link, write, problem) : problem
}

/** userAccountControl, MS-ADTS 2.2.16: trusted for delegation, trusted to authenticate for delegation. */
const bitsOfDelegation = 0x80000 | 0x1000000

/** MS-ADTS 3.1.1.5.3.2 and MS-SAMR 3.1.1.8.10. */
function needsPrivilege({ attribute, before, after }: Write): boolean {
  if (attribute === 'msDS-AllowedToDelegateTo') return true
  if (attribute !== 'userAccountControl') return false
  return ((Number(before[0] ?? 0) ^ Number(after[0] ?? 0)) & bitsOfDelegation) !== 0
}

function privilegeMissing({ connection }: Conversation, { anchor, attribute }: Write, problem: Problem): Problem {
  return {
    ...problem, kind: 'delegationPrivilegeMissing',
    message: `Changing ${attribute} of ${anchor} failed: ${connection.account} lacks the privilege "Enable computer and user accounts to be trusted for delegation" on the domain controller.`,
    remedy: [
      `A domain administrator adds ${connection.account} to "Enable computer and user accounts to be trusted for delegation"`,
      ' in the policy of the domain controllers (Default Domain Controllers Policy: Computer Configuration, Policies, Windows Settings, Security Settings, Local Policies, User Rights Assignment)',
      ' and runs gpupdate /force on them. Resource-based trust on the account of the service needs no privilege.',
    ].join(''),
  }
}
