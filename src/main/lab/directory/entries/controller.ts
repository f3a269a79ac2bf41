import type { Directory } from '../directory.ts'
import { configurationNamesOf } from '../directory.ts'
import { hostOf } from '../directoryDomain.ts'
import type { Rdn } from '../names/dnOfLab.ts'
import { isRefusal } from '../refusal.ts'
import { octetsOf } from './entry.ts'
import { resolveNames } from './resolve.ts'

/** The server object of this controller (MS-ADTS 6.1.1.2.2.1.2.1.1). */
export function serverNamesOf(directory: Directory): readonly Rdn[] {
  const above = [hostOf(directory.domain.controllerName).toUpperCase(), 'Servers', 'Default-First-Site-Name', 'Sites']
  return [...above.map((value) => ({ attribute: 'CN', value })), ...configurationNamesOf(directory)]
}

/** dsServiceName: the nTDSDSA object below it. */
export function serviceNamesOf(directory: Directory): readonly Rdn[] {
  return [{ attribute: 'CN', value: 'NTDS Settings' }, ...serverNamesOf(directory)]
}

/** Whose USNs this controller's are (MS-ADTS 3.1.1.1.9): another file is another database, with numbers of its own. */
export function invocationIdOf(directory: Directory): Buffer {
  const settings = resolveNames(directory, serviceNamesOf(directory))
  const id = isRefusal(settings) ? null : octetsOf(settings, 'invocationId')
  if (id === null) throw new Error('The directory has lost the settings of its own controller')
  return Buffer.from(id)
}
