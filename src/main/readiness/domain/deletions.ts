import { childDn } from '../../../shared/domain/dn.ts'
import { failed, nameSome, notChecked, notRead, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import { deletedObjectsRight } from '../rights/neededRights.ts'
import { findMissingToBringBack } from '../rights/rightsToBringBack.ts'
import { grantScripts } from '../scripts/grantScripts.ts'
import { afterSignIn } from './domainWorld.ts'

/** Without the right deletions are left out of every answer without a word: what was deleted by hand would stay in the plan for ever. */
export const checkDeletions = afterSignIn(async ({ inspector, reader }, { domainDn }, signal): Promise<CheckAnswer> => {
  const [directory, account] = [await reader(), await inspector.readOwnAccount(signal)]
  if (!directory.ok) return notRead(directory.problem)
  if (!account.ok) return notRead(account.problem)
  const container = childDn('CN', 'Deleted Objects', domainDn)
  const sees = await directory.value.seesDeletions(signal)
  if (!sees.ok) return notRead(sees.problem)
  if (sees.value) return passed('Our account sees deleted accounts, so that delta imports can tell what is gone.', { read: [container] })
  return failed(
    'Our account may not read CN=Deleted Objects. The directory is silent about it: delta imports would miss every deletion, so each import has to be a full one.',
    'Let our account list and read CN=Deleted Objects: an administrator takes ownership of the container first, as the script does.',
    { read: [container], scripts: grantScripts(account.value, [deletedObjectsRight(container)]), canApply: true },
  )
})

/** DirSync, or update sequence numbers in its place. */
export const checkChangeTracking = afterSignIn(async ({ inspector }, _signedIn, signal): Promise<CheckAnswer> => {
  const tracking = await inspector.readChangeTracking(signal)
  if (!tracking.ok) return notRead(tracking.problem)
  const read = ['DirSync on the head of the domain']
  switch (tracking.value) {
    case 'everything': return passed('DirSync answers with everything: our account holds Replicating Directory Changes.', { read })
    case 'whatIsVisible': return passed('DirSync answers with what our account may see. Replicating Directory Changes is not needed for that.', { read })
    case null: return warned('The directory refuses DirSync. Delta imports go by update sequence numbers, which belong to one domain controller each.', 'Connect to a domain controller of Windows Server; after a change of the controller the next import is a full one.', { read })
  }
})

export const checkReanimation = afterSignIn(async ({ inspector, settings }, { domainDn }, signal): Promise<CheckAnswer> => {
  const found = await findMissingToBringBack(inspector, settings, domainDn, signal)
  if (!found.ok) return notRead(found.problem)
  const { account, missing } = found.value
  const read = [`rights on ${domainDn}`, ...settings.managedOus.map((ou) => `rights on ${ou}`), ...missing.map(({ words }) => `missing: ${words}`)]
  if (missing.length === 0) return passed('Our account may bring deleted accounts back, with their SID.', { read })
  return warned(
    `Our account may not ${nameSome(missing.map(({ words }) => words), 3)}, and cannot bring a deleted account back without: a returning guest would get a new account with a new SID, and lose access.`,
    'Delegate the rights by the script or from here, or let an administrator restore accounts. Accounts that were deleted before that keep their former rights, and take an administrator.',
    { read, scripts: grantScripts(account, missing), canApply: true },
  )
})

export const checkRecycleBin = afterSignIn(async ({ reader }, _signedIn, signal): Promise<CheckAnswer> => {
  const directory = await reader()
  if (!directory.ok) return notRead(directory.problem)
  const isOn = await directory.value.isRecycleBinOn(signal)
  if (!isOn.ok) return notChecked(isOn.problem.message, isOn.problem.remedy)
  if (isOn.value) return passed('The Recycle Bin is on: a restored account comes back with its attributes and groups.')
  return warned(
    'The Recycle Bin of Active Directory is off: a restored account comes back disabled and without its groups.',
    'Turn it on in the Active Directory Administrative Center; it cannot be turned off again. Without it Guestbridge writes the attributes anew and lists the lost groups.',
  )
})
