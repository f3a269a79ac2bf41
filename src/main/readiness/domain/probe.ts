import type { Schema } from '../../../shared/domain/attributes.ts'
import { childDn } from '../../../shared/domain/dn.ts'
import type { ObjectGuid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { DirectoryWriter } from '../../connectors/connector.ts'
import { failed, notChecked, notRead, passed } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { DomainSettings } from './domainWorld.ts'
import { afterSignIn } from './domainWorld.ts'

/** Confirms the rights on an account of its own: made disabled, written, given a password, and deleted again (sync-semantics 20). */
export const checkByProbe = afterSignIn(async ({ settings, probe, reader }, _signedIn, signal): Promise<CheckAnswer> => {
  if (probe === null) return notChecked('The rights were not tried on an account, because that writes to the directory.', 'Ask for it: guestbridge doctor --probe.')
  const [writer, directory] = [await probe.writer(), await reader()]
  if (!writer.ok) return notRead(writer.problem)
  if (!directory.ok) return notRead(directory.problem)
  const schema = await directory.value.readSchema(settings.writtenAttributes, signal)
  if (!schema.ok) return notRead(schema.problem)
  const dn = childDn('CN', probe.name, settings.guestOu)
  const made = await writer.value.addDisabledUser(dn, { sAMAccountName: [probe.name] }, signal)
  if (!made.ok) return failed(`A trial account could not be made: ${made.problem.message}`, made.problem.remedy, { read: [dn] })
  const tried = await tryWrites(writer.value, made.value, trialValues(settings, schema.value), signal)
  const removed = await writer.value.delete(made.value, signal)
  const steps = [`made ${dn}`, ...tried.steps, ...(removed.ok ? ['deleted it again'] : [])]
  if (!tried.result.ok) return failed(`On a trial account: ${tried.result.problem.message}`, tried.result.problem.remedy, { read: steps })
  if (!removed.ok) return failed(`The trial account ${dn} could not be deleted again: ${removed.problem.message}`, `Delete ${dn} by hand; it is disabled. ${removed.problem.remedy}`, { read: steps })
  return passed('On a trial account everything went through: creating, writing each text of the rules, setting a password, deleting.', { read: steps })
})

type Tried = { readonly steps: readonly string[]; readonly result: Result<null, Problem> }

/** Ends with the first refusal; the account is disabled all the while. */
async function tryWrites(writer: DirectoryWriter, anchor: ObjectGuid, values: readonly TrialValue[], signal: AbortSignal): Promise<Tried> {
  const steps: string[] = []
  const attempts: readonly (readonly [string, () => Promise<Result<null, Problem>>])[] = [
    ...values.map(([name, value]) => [`wrote ${name}`, () => writer.modify(anchor, [{ name, before: [], after: [value] }], signal)] as const),
    ['set its password', () => writer.setRandomPassword(anchor, signal)],
    // Normal account, disabled, smart card required: as provisioned, and never to be signed in with.
    ['wrote userAccountControl', () => writer.setUserAccountControl(anchor, 514, 262_658, signal)],
  ]
  for (const [step, attempt] of attempts) {
    const done = await attempt()
    if (!done.ok) return { steps, result: fail(done.problem) }
    steps.push(step)
  }
  return { steps, result: succeed(null) }
}

type TrialValue = readonly [name: string, value: string]

/** Text for each attribute that takes text; a value of another syntax might mean something. Names are unique, and what is written apart is left out. */
function trialValues({ writtenAttributes }: DomainSettings, schema: Schema): readonly TrialValue[] {
  const isTried = (name: string) => schema[name.toLowerCase()]?.syntax === 'text' && !writtenApart.has(name.toLowerCase())
  return writtenAttributes.filter(isTried).map((name) => [name, unlikeOthers[name.toLowerCase()] ?? 'trial'])
}

const writtenApart: ReadonlySet<string> = new Set(['samaccountname', 'cn', 'name'])
const unlikeOthers: Readonly<Record<string, string>> = {
  userprincipalname: 'guestbridge-trial@invalid.example', mail: 'guestbridge-trial@invalid.example', admindescription: 'User_trial',
}
