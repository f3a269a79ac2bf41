import type { z } from 'zod'
import { nearestName } from '../../shared/domain/nearestName.ts'
import type { ConfigurationFinding } from './configurationProblem.ts'
import type { delegationSchema } from './delegationSchema.ts'

type Delegation = z.infer<typeof delegationSchema>

/** What connectors and applications need of each other. Groups of Entra are not known here, so with `fromEntra` any group may be meant. */
export function checkDelegation({ connectors, applications, fromEntra }: Delegation): readonly ConfigurationFinding[] {
  return [
    ...findRepeated(connectors.map(({ account }) => account)).map((index) => ({ path: ['delegation', 'connectors', index, 'account'], message: 'This connector is listed twice.', allowed: 'each account once' })),
    ...findRepeated(applications.map(({ name }) => name)).map((index) => ({ path: ['delegation', 'applications', index, 'name'], message: 'Two applications have this name.', allowed: 'a name of its own for each application' })),
    ...(fromEntra === true ? [] : checkGroups(connectors, applications)),
  ]
}

/** Positions of values that stand further up already; account names and names of applications ignore case. */
function findRepeated(values: readonly string[]): readonly number[] {
  const keys = values.map((value) => value.toLowerCase())
  return keys.flatMap((key, index) => (keys.indexOf(key) < index ? [index] : []))
}

function checkGroups(connectors: Delegation['connectors'], applications: Delegation['applications']): readonly ConfigurationFinding[] {
  const isServedByAll = connectors.some(({ group }) => group === undefined)
  const groups = [...new Set(connectors.flatMap(({ group }) => group ?? []))]
  return applications.flatMap(({ group }, index) => {
    if (group === undefined || isServedByAll || groups.includes(group)) return []
    const nearest = nearestName(group, groups)
    const question = nearest === null ? '' : ` Did you mean "${nearest}"?`
    return [{ path: ['delegation', 'applications', index, 'group'], message: `No connector is of this group.${question}`, allowed: groups.length === 0 ? 'no group, or a connector with this group' : groups.map((name) => JSON.stringify(name)).join(', ') }]
  })
}
