import type { Schema } from '../../../shared/domain/attributes.ts'
import { childDn } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { DirectoryInspector } from '../../connectors/readinessPorts.ts'
import { failed, notChecked, notRead, passed } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { deletedObjectsRight } from '../rights/neededRights.ts'
import { findMissingToBringBack } from '../rights/rightsToBringBack.ts'
import { grantScripts } from '../scripts/grantScripts.ts'
import type { DomainSettings } from './domainWorld.ts'
import { afterSignIn } from './domainWorld.ts'
import { tryOnAccount, type Trial, type TrialRequest } from './trialAccount.ts'

/** Confirms the rights on an account of its own: made disabled, written, given a password, deleted, and brought back where that is to work (sync-semantics 20). */
export const checkByProbe = afterSignIn(async ({ settings, probe, inspector }, { domainDn }, signal): Promise<CheckAnswer> => {
  if (probe === null) return notChecked('The rights were not tried on an account, because that writes to the directory.', 'Ask for it: guestbridge doctor --probe.')
  const target = await probe.target()
  if (!target.ok) return notRead(target.problem)
  const schema = await target.value.reader.readSchema(settings.writtenAttributes, signal)
  if (!schema.ok) return notRead(schema.problem)
  const afterDeletion = await chooseAfterDeletion(inspector, settings, domainDn, signal)
  const dn = childDn('CN', probe.name, settings.guestOu)
  const trial = await tryOnAccount(target.value, { dn, accountName: probe.name, values: trialValues(settings, schema.value, probe.name), afterDeletion }, signal)
  const answer = judge(trial, dn, afterDeletion)
  return trial.refusal?.step === 'bringingBack' ? { ...answer, scripts: await scriptsToBringBack(inspector, settings, domainDn, trial.refusal.problem.kind, signal) } : answer
})

/** A lifecycle that deletes needs the way back for whoever returns; and rights that the descriptors show are to be confirmed. */
async function chooseAfterDeletion(inspector: DirectoryInspector, settings: DomainSettings, domainDn: Dn, signal: AbortSignal): Promise<TrialRequest['afterDeletion']> {
  if (settings.deletesLeavers) return 'bringBack'
  const found = await findMissingToBringBack(inspector, settings, domainDn, signal)
  return found.ok && found.value.missing.length === 0 ? 'bringBack' : 'leaveDeleted'
}

function judge({ steps, refusal, left }: Trial, dn: Dn, afterDeletion: TrialRequest['afterDeletion']): CheckAnswer {
  const read = [...(steps.length === 0 ? [dn] : steps), ...(afterDeletion === 'bringBack' ? [] : ['did not try to bring it back: our account has no right to, and the lifecycle deletes nobody'])]
  if (refusal === null) return passed(`On a trial account everything went through: creating, writing each text of the rules, setting a password, deleting${afterDeletion === 'bringBack' ? ', bringing back' : ''}.`, { read })
  const { step, problem } = refusal
  if (left !== null) return failed(`${describeRefusal(step, problem.message)} The trial account ${dn} may still be there, disabled: ${left.message}`, `Look for ${dn}, and delete it by hand. ${problem.remedy}`, { read })
  if (problem.kind === 'cancelled') return notChecked('The trial was cancelled; nothing of the trial account is left.', 'Ask for it again: guestbridge doctor --probe.', { read })
  return failed(describeRefusal(step, problem.message), step === 'bringingBack' ? remedyToBringBack(problem) : problem.remedy, { read })
}

function remedyToBringBack({ kind, remedy }: Problem): string {
  switch (kind) {
    case 'objectNotFound': return 'Let our account see deleted accounts: by the script, or from here (guestbridge doctor apply directory-deletions).'
    case 'notPermitted': return 'Delegate what is missing: by the script, or from here (guestbridge doctor apply directory-reanimation). Where nothing is missing, another entry denies it: look at the security tab of the OU.'
    default: return remedy
  }
}

function describeRefusal(step: NonNullable<Trial['refusal']>['step'], message: string): string {
  switch (step) {
    case 'making': return `A trial account could not be made: ${message}`
    case 'writing': return `On a trial account: ${message}`
    case 'deleting': return `A trial account could not be deleted: ${message}`
    case 'bringingBack': return `A trial account was deleted and could not be brought back, so that a guest who returns would get a new SID: ${message}`
  }
}

/** What may not be seen among the deleted is not found; what is seen and does not come back lacks a right. */
async function scriptsToBringBack(inspector: DirectoryInspector, settings: DomainSettings, domainDn: Dn, kind: Problem['kind'], signal: AbortSignal): Promise<NonNullable<CheckAnswer['scripts']>> {
  const account = await inspector.readOwnAccount(signal)
  if (!account.ok) return []
  if (kind === 'objectNotFound') return grantScripts(account.value, [deletedObjectsRight(childDn('CN', 'Deleted Objects', domainDn))])
  const found = await findMissingToBringBack(inspector, settings, domainDn, signal)
  return found.ok && found.value.missing.length > 0 ? grantScripts(account.value, found.value.missing) : []
}

/** Text for each attribute that takes text; a value of another syntax might mean something. Names are unique, and what is written apart is left out. */
function trialValues({ writtenAttributes }: DomainSettings, schema: Schema, trial: string): TrialRequest['values'] {
  const isTried = (name: string) => schema[name.toLowerCase()]?.syntax === 'text' && !writtenApart.has(name.toLowerCase())
  return writtenAttributes.filter(isTried).map((name) => [name, unlikeOthers(trial)[name.toLowerCase()] ?? 'trial'])
}

const writtenApart: ReadonlySet<string> = new Set(['samaccountname', 'cn', 'name'])
/** Names that nobody else has (RFC 2606 2 keeps .invalid free). */
function unlikeOthers(trial: string): Readonly<Record<string, string>> {
  return { userprincipalname: `${trial}@guestbridge.invalid`, mail: `${trial}@guestbridge.invalid`, admindescription: 'User_trial' }
}
