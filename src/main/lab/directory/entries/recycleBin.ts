import type { Directory } from '../directory.ts'
import { configurationNamesOf } from '../directory.ts'
import type { Rdn } from '../names/dnOfLab.ts'
import { isRefusal } from '../refusal.ts'
import { serviceNamesOf } from './controller.ts'
import type { Entry } from './entry.ts'
import { isDeleted, isOfClass, referencesOf, textOf, withAttributes } from './entry.ts'
import { resolveNames } from './resolve.ts'

/** The Recycle Bin is on for the forest when CN=Partitions names the feature (MS-ADTS 3.1.1.9.1). */
export function isRecycleBinOn(directory: Directory): boolean {
  return referencesOf(known(directory, partitionsOf(directory)), 'msDS-EnabledFeature').includes(known(directory, featureNamesOf(directory)).id)
}

/** Cannot be undone. What was deleted before has lost its attributes and is recycled at once (MS-ADTS 3.1.1.9.1). */
export function turnOnRecycleBin(directory: Directory): void {
  if (isRecycleBinOn(directory)) return
  const feature = known(directory, featureNamesOf(directory))
  const scopes = [partitionsOf(directory), serviceNamesOf(directory)].map((names) => known(directory, names))
  const enabled = scopes.map((scope) => withAttributes(scope, { 'msDS-EnabledFeature': [...referencesOf(scope, 'msDS-EnabledFeature'), feature.id] }))
  const tombstones = Array.from(directory.store.all()).filter((entry) => isDeleted(entry) && !isContainer(entry))
  directory.store.commit({ entries: [...enabled, ...tombstones.map((entry) => withAttributes(entry, { isRecycled: ['TRUE'] }))] })
}

/** CN=Deleted Objects, which is marked as deleted so that ordinary searches do not enter it. */
export function isContainer(entry: Entry): boolean {
  return isOfClass(entry, 'container') && textOf(entry, 'isCriticalSystemObject') === 'TRUE'
}

export function featureNamesOf(directory: Directory): readonly Rdn[] {
  const above = ['Recycle Bin Feature', 'Optional Features', 'Directory Service', 'Windows NT', 'Services']
  return [...above.map((value) => ({ attribute: 'CN', value })), ...configurationNamesOf(directory)]
}

function partitionsOf(directory: Directory): readonly Rdn[] {
  return [{ attribute: 'CN', value: 'Partitions' }, ...configurationNamesOf(directory)]
}

function known(directory: Directory, names: readonly Rdn[]): Entry {
  const entry = resolveNames(directory, names)
  if (isRefusal(entry)) throw new Error(`The directory has lost ${names[0]?.value ?? ''} of its configuration`)
  return entry
}
