import type { ProofOutcome } from '../../../shared/domain/delegation.ts'

export type ProofResult = ProofOutcome['result']
/** A step went on with `value`, or the proof ends here. */
export type Stepped<Value> = { readonly kind: 'went'; readonly value: Value } | { readonly kind: 'ended'; readonly result: ProofResult }

/** Debian, Red Hat and SUSE, Homebrew; Windows has a way of its own. */
export const installHint = 'Install MIT Kerberos: krb5-user (Debian), krb5-workstation (Red Hat), krb5-client (SUSE), or krb5 of Homebrew. On Windows, and where the connector has no keytab, run the script of "guestbridge kcd prove --script" on the connector.'

/** A tool that did not come to its end proves nothing. */
export function explainSilence(kind: 'missing' | 'cancelled' | 'timedOut'): ProofResult {
  switch (kind) {
    case 'missing': return notProven('MIT Kerberos (kinit, kvno, klist) is not installed on this machine.', installHint)
    case 'cancelled': return notProven('The proof was cancelled.', 'Ask again.')
    case 'timedOut': return notProven('The domain controller did not answer in time.', 'See that port 88 (TCP) of the domain controller can be reached from here.')
  }
}

export function notProven(why: string, remedy: string): ProofResult {
  return { kind: 'notProven', why, remedy }
}
