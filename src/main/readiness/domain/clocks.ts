import type { RootFacts } from '../../connectors/readinessPorts.ts'
import { failed, nameSome, notChecked, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { DomainWorld } from './domainWorld.ts'

/** Seconds. Kerberos refuses more than five minutes (MaximumClockSkew of the default policy). */
const [tolerated, refused] = [120, 300]

/** The clock of each controller against that of this computer. */
export async function checkClocks({ inspector }: DomainWorld, signal: AbortSignal): Promise<CheckAnswer> {
  const inspections = await inspector.inspectServers(signal)
  const skews = inspections.flatMap(({ outcome }) => (outcome.kind === 'secured' ? skewOf(outcome.root) : []))
  const silent = inspections.filter(({ outcome }) => outcome.kind !== 'secured' || outcome.root.time === null).map(({ server }) => server)
  const read = skews.map(({ controller, seconds }) => `${controller}: ${seconds} s`)
  const [worst] = skews.toSorted((left, right) => Math.abs(right.seconds) - Math.abs(left.seconds))
  if (worst === undefined) return notChecked('No domain controller says what time it is.', 'Mend the connection first.')
  const message = `The clock of ${worst.controller} is ${Math.abs(worst.seconds)} s ${worst.seconds < 0 ? 'behind' : 'ahead of'} that of this computer.`
  const remedy = 'Set the clock by the time service: "w32tm /resync" on the one that is wrong; the domain controller with the PDC role takes its time from outside.'
  if (Math.abs(worst.seconds) > refused) return failed(`${message} Kerberos refuses tickets from five minutes on.`, remedy, { read })
  if (Math.abs(worst.seconds) > tolerated) return warned(message, remedy, { read })
  return silent.length === 0 ? passed('The clocks agree.', { read }) : notChecked(`What time it is on ${nameSome(silent)} could not be read; the other clocks agree.`, 'Mend the connection to it first.', { read })
}

function skewOf({ controller, time, readAt }: RootFacts): readonly { readonly controller: string; readonly seconds: number }[] {
  return time === null ? [] : [{ controller, seconds: Math.round((time - readAt) / 1000) }]
}
