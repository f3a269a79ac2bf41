import type { z } from 'zod'
import { isWithin, parseDn } from '../../shared/domain/dn.ts'
import { nearestName } from '../../shared/domain/nearestName.ts'
import type { ConfigurationFinding } from './configurationProblem.ts'
import { cycleSchema, directorySchema, entraSchema, lifecycleSchema, runProfilesSchema } from './configurationSchema.ts'
import { checkDelegation } from './delegationCrossChecks.ts'
import { delegationSchema, resourceDirectorySchema } from './delegationSchema.ts'

type Entra = z.infer<typeof entraSchema>
type Directory = z.infer<typeof directorySchema>
type Lifecycle = z.infer<typeof lifecycleSchema>
type RunProfiles = z.infer<typeof runProfilesSchema>

/** What one value needs of another. Each check looks only at sections that are sound by themselves, so that all is found at once. */
export function checkAcross(value: Readonly<Record<string, unknown>>): readonly ConfigurationFinding[] {
  const entra = entraSchema.safeParse(value['entra'])
  const directory = directorySchema.safeParse(value['activeDirectory'])
  const lifecycle = lifecycleSchema.safeParse(value['lifecycle'])
  const resources = resourceDirectorySchema.safeParse(value['resourceDirectory'])
  const delegation = delegationSchema.safeParse(value['delegation'])
  const profiles = runProfilesSchema.safeParse(value['runProfiles'])
  const cycles = ['cycle', 'deltaCycle'].map((key) => ({ key, cycle: cycleSchema.safeParse(value[key]) }))
  return [
    ...(entra.success ? checkCloud(entra.data) : []),
    ...(directory.success ? checkServers('activeDirectory', directory.data) : []),
    ...(resources.success ? checkServers('resourceDirectory', resources.data) : []),
    ...(delegation.success ? checkDelegation(delegation.data) : []),
    ...(directory.success && lifecycle.success ? checkLeaversOu(directory.data, lifecycle.data) : []),
    ...(profiles.success ? checkProfiles(profiles.data) : []),
    ...cycles.flatMap(({ key, cycle }) => (profiles.success && cycle.success ? checkCycle(key, cycle.data, profiles.data) : [])),
  ]
}

function checkCloud(entra: Entra): readonly ConfigurationFinding[] {
  const names = ['graphUrl', 'signInUrl'] as const
  if (entra.cloud === 'custom') {
    return names.filter((name) => entra[name] === undefined)
      .map((name) => ({ path: ['entra', name], message: `A custom cloud needs ${name}.`, allowed: 'an https URL without path' }))
  }
  return names.filter((name) => entra[name] !== undefined)
    .map((name) => ({ path: ['entra', name], isAboutKey: true, message: `The cloud "${entra.cloud}" has an address of its own.`, allowed: `no ${name}, or "cloud": "custom"` }))
}

function checkServers(section: string, directory: Pick<Directory, 'security' | 'servers'>): readonly ConfigurationFinding[] {
  const scheme = directory.security === 'ldaps' ? 'ldaps://' : 'ldap://'
  return directory.servers.flatMap((server, index) => (server.toLowerCase().startsWith(scheme) ? [] : [{
    path: [section, 'servers', index], message: `With "security": "${directory.security}" this address does not fit.`, allowed: `an address that begins with ${scheme}`,
  }]))
}

/** In the guest OU the rules could move such an account back, and who looks there takes it for one of a guest. */
function checkLeaversOu({ guestOu }: Directory, { leavers }: Lifecycle): readonly ConfigurationFinding[] {
  if (leavers.action !== 'disableAndMove') return []
  const [guests, target] = [parseDn(guestOu), parseDn(leavers.ou)]
  const isInside = guests.ok && target.ok && isWithin(target.value, guests.value)
  return isInside ? [{ path: ['lifecycle', 'leavers', 'ou'], message: 'Leavers would stay in the guest OU.', allowed: 'an OU outside of guestOu' }] : []
}

function checkProfiles(profiles: RunProfiles): readonly ConfigurationFinding[] {
  return Object.entries(profiles).flatMap(([name, { step, connector }]) => {
    const path = ['runProfiles', name, 'connector']
    if ((step === 'fullImport' || step === 'deltaImport') && connector === undefined) return [{ path, message: 'An import needs a connector.', allowed: '"entra", "ad"' }]
    if ((step === 'fullSync' || step === 'deltaSync') && connector !== undefined) return [{ path, message: 'A synchronisation is of all connectors.', allowed: 'no connector' }]
    if (step === 'proveAbsence' && connector !== undefined) return [{ path, message: 'Absence is looked up in both systems.', allowed: 'no connector' }]
    if (step === 'export' && connector === 'entra') return [{ path, message: 'Nothing is exported to Entra.', allowed: '"ad", or no connector' }]
    return []
  })
}

function checkCycle(key: string, cycle: readonly string[], profiles: RunProfiles): readonly ConfigurationFinding[] {
  const names = Object.keys(profiles)
  return cycle.flatMap((name, index) => {
    const path = [key, index]
    if (!names.includes(name)) {
      const nearest = nearestName(name, names)
      const question = nearest === null ? '' : ` Did you mean "${nearest}"?`
      return [{ path, message: `There is no run profile of this name.${question}`, allowed: names.join(', ') }]
    }
    return profiles[name]?.step === 'export' ? [{ path, message: 'The cycle ends at the plan; what is exported is approved first.', allowed: 'imports and synchronisations' }] : []
  })
}
