import { isWithin, parseDn } from '../../shared/domain/dn.ts'
import type { Dn } from '../../shared/domain/ids.ts'
import type { DirectoryConfiguration } from './configuration.ts'

/** The OUs that are imported and written, in canonical spelling: those configured, and the guest OU where none of them holds it. */
export function managedOusOf(directory: Pick<DirectoryConfiguration, 'guestOu' | 'managedOus'>): readonly Dn[] {
  const guestOu = readValidDn(directory.guestOu)
  const configured = (directory.managedOus ?? []).map(readValidDn)
  return configured.some((ou) => isWithin(guestOu, ou)) ? configured : [guestOu, ...configured]
}

/** For values of a configuration that was validated (configurationSchema.ts). */
export function readValidDn(text: string): Dn {
  const dn = parseDn(text)
  if (!dn.ok) throw new Error(`Not a DN, although it was validated: ${text}`)
  return dn.value
}
