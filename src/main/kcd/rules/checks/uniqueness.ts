import type { Outcome, Subjects } from '../check.ts'
import { found, passed, whenRead } from '../outcome.ts'

/** Position of DoNotVerifyUPNAndOrSPNUniqueness in dSHeuristics (MS-ADTS 6.1.1.2.4.1.2), counted from 1. */
const uniquenessPosition = 21

/** 44: where the forest does not verify them, two accounts can have one UPN or one SPN. */
export function checkUniqueness({ domain }: Subjects['domain']): readonly Outcome[] {
  return whenRead(domain.directoryHeuristics, `dSHeuristics of the forest of ${domain.dnsName}`, (heuristics) => {
    const read = ['CN=Directory Service,CN=Windows NT,CN=Services dSHeuristics']
    const flag = heuristics?.charAt(uniquenessPosition - 1) ?? ''
    if (flag === '' || flag === '0') return [passed(`The forest of ${domain.dnsName} verifies that UPNs and SPNs are unique.`, read)]
    return [found({
      message: `The forest of ${domain.dnsName} does not verify that ${describeFlag(flag)} are unique (dSHeuristics, character ${uniquenessPosition}, is ${flag}).`,
      remedy: `Set character ${uniquenessPosition} of dSHeuristics back to 0, and keep the others.`, read
    })]
  })
}

function describeFlag(flag: string): string {
  if (flag === '1') return 'UPNs'
  return flag === '2' ? 'SPNs' : 'UPNs and SPNs'
}
