import type { z } from 'zod'
import { nearestName } from '../../shared/domain/nearestName.ts'
import type { ConfigurationFinding } from './configurationProblem.ts'
import { cycleSchema, directorySchema, entraSchema, runProfilesSchema } from './configurationSchema.ts'

type Entra = z.infer<typeof entraSchema>
type Directory = z.infer<typeof directorySchema>
type RunProfiles = z.infer<typeof runProfilesSchema>

/** What one value needs of another. Each check looks only at sections that are sound by themselves, so that all is found at once. */
export function checkAcross(value: Readonly<Record<string, unknown>>): readonly ConfigurationFinding[] {
  const entra = entraSchema.safeParse(value['entra'])
  const directory = directorySchema.safeParse(value['activeDirectory'])
  const profiles = runProfilesSchema.safeParse(value['runProfiles'])
  const cycle = cycleSchema.safeParse(value['cycle'])
  return [
    ...(entra.success ? checkCloud(entra.data) : []),
    ...(directory.success ? checkServers(directory.data) : []),
    ...(profiles.success ? checkProfiles(profiles.data) : []),
    ...(profiles.success && cycle.success ? checkCycle(cycle.data, profiles.data) : []),
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

function checkServers(directory: Directory): readonly ConfigurationFinding[] {
  const scheme = directory.security === 'ldaps' ? 'ldaps://' : 'ldap://'
  return directory.servers.flatMap((server, index) => (server.toLowerCase().startsWith(scheme) ? [] : [{
    path: ['activeDirectory', 'servers', index], message: `With "security": "${directory.security}" this address does not fit.`, allowed: `an address that begins with ${scheme}`,
  }]))
}

function checkProfiles(profiles: RunProfiles): readonly ConfigurationFinding[] {
  return Object.entries(profiles).flatMap(([name, { step, connector }]) => {
    const path = ['runProfiles', name, 'connector']
    if (step === 'fullImport' && connector === undefined) return [{ path, message: 'An import needs a connector.', allowed: '"entra", "ad"' }]
    if (step === 'fullSync' && connector !== undefined) return [{ path, message: 'A synchronisation is of all connectors.', allowed: 'no connector' }]
    if (step === 'export' && connector === 'entra') return [{ path, message: 'Nothing is exported to Entra.', allowed: '"ad", or no connector' }]
    return []
  })
}

function checkCycle(cycle: readonly string[], profiles: RunProfiles): readonly ConfigurationFinding[] {
  const names = Object.keys(profiles)
  return cycle.flatMap((name, index) => {
    const path = ['cycle', index]
    if (!names.includes(name)) {
      const nearest = nearestName(name, names)
      const question = nearest === null ? '' : ` Did you mean "${nearest}"?`
      return [{ path, message: `There is no run profile of this name.${question}`, allowed: names.join(', ') }]
    }
    return profiles[name]?.step === 'export' ? [{ path, message: 'The cycle ends at the plan; what is exported is approved first.', allowed: 'imports and synchronisations' }] : []
  })
}
