import type { RootFacts } from '../../connectors/readinessPorts.ts'
import { nameSome, notChecked, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { DomainWorld } from './domainWorld.ts'

/** MS-ADTS 6.1.4.4: the numbers of functional levels. */
const names = ['2000', '2003 interim', '2003', '2008', '2008 R2', '2012', '2012 R2', '2016', undefined, undefined, '2025']
/** From Windows Server 2012 R2 on the forest keeps userPrincipalName and SPN unique by itself. */
const keepsNamesUnique = 6

export async function checkLevels({ inspector }: DomainWorld, signal: AbortSignal): Promise<CheckAnswer> {
  const inspections = await inspector.inspectServers(signal)
  const roots = inspections.flatMap(({ outcome }) => (outcome.kind === 'secured' ? [outcome.root] : []))
  const unreached = inspections.filter(({ outcome }) => outcome.kind !== 'secured').map(({ server }) => server)
  const read = roots.map(describe)
  if (roots.length === 0) return notChecked('No domain controller answers, so its level cannot be read.', 'Mend the connection first.')
  const silent = roots.find(({ controllerLevel }) => controllerLevel === null)
  if (silent !== undefined) return notChecked(`${silent.controller} does not say what it is.`, 'Connect to another domain controller.', { read })
  const old = roots.find(({ controllerLevel }) => (controllerLevel ?? 0) < keepsNamesUnique)
  if (old === undefined && unreached.length > 0) return notChecked(`What ${nameSome(unreached)} works as could not be read; the others are Windows Server 2012 R2 or newer.`, 'Mend the connection to it first.', { read })
  if (old === undefined) return passed('All domain controllers are Windows Server 2012 R2 or newer.', { read })
  return warned(
    `${old.controller} works as ${nameOf(old.controllerLevel)}: it does not keep userPrincipalName and SPN unique in the forest by itself.`,
    'Name a newer domain controller first in `servers`. Until then Guestbridge alone looks for duplicates, in the global catalog.', { read },
  )
}

function describe({ controller, controllerLevel, domainLevel, forestLevel }: RootFacts): string {
  return `${controller}: ${nameOf(controllerLevel)}, domain ${nameOf(domainLevel)}, forest ${nameOf(forestLevel)}`
}

function nameOf(level: number | null): string {
  return level === null ? 'not said' : `Windows Server ${names[level] ?? `(level ${level})`}`
}
