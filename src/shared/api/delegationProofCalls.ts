import { z } from 'zod'
import type { ProofOutcome } from '../domain/delegation.ts'

const application = z.string().min(1).max(1000)
const guest = z.string().min(1).max(2000)
const url = z.url({ protocol: /^https?$/, error: 'an address that begins with https:// or http://' }).max(2000)

/** The live proof that a guest gets a ticket. Applications by name or id, guests by anything that `objects.show` takes. */
export const delegationProofInputs = {
  /**
   * Asks the KDC as the connector; seconds, so a window begins it as a job, whose progress tells the steps. The password is
   * that of the secret `proxy` where no keytab is named.
   */
  'delegation.prove': z.strictObject({
    application, guest,
    /** By its name of `delegation.check`; null: the one that the keytab is for, or the only one that serves the application. */
    connector: z.string().min(1).max(1000).nullable(),
    /** Path of a keytab; a relative one is looked for in the workspace's folder. */
    keytab: z.string().min(1).max(4000).nullable(),
    /** A page of the application, which the ticket is shown to. */
    url: url.nullable(),
    /** Where that page is asked instead of where DNS says: one server of several, or a name that is known inside only. */
    address: z.union([z.ipv4(), z.ipv6()]).nullable(),
  }),
  /** PowerShell for a Windows connector, which proves it there. */
  'delegation.proofScript': z.strictObject({ application, guest, url: url.nullable() }),
  /** What that script printed, pasted. It is kept as any proof is, so a window begins it as a job too. */
  'delegation.proofAnswer': z.strictObject({ application, guest, text: z.string().min(1).max(200_000) }),
} as const

export type DelegationProofOutputs = {
  'delegation.prove': ProofOutcome
  'delegation.proofScript': { readonly text: string }
  'delegation.proofAnswer': ProofOutcome
}
