import type { ConnectorName } from '../../shared/domain/connectorObject.ts'
import type { Problem } from '../../shared/domain/problem.ts'

export type SmallerSource =
  /** Share by which a source may be smaller than at its last good import, in percent (sync-semantics 14). */
  | { readonly kind: 'refused'; readonly percent: number }
  /** A person has accepted it for this run; the note is recorded. */
  | { readonly kind: 'accepted'; readonly note: string }

/** Null where the source has a believable size. An OU without accounts is one; a tenant without guests is not. */
export function judgeSourceSize(connector: ConnectorName, before: number, now: number, smallerSource: SmallerSource): Problem | null {
  if (smallerSource.kind === 'accepted') return null
  const source = connector === 'entra' ? 'Microsoft Graph' : 'Active Directory'
  if (now === 0 && (connector === 'entra' || before > 0)) {
    return {
      kind: 'sourceEmpty',
      message: `${source} returned no object${before > 0 ? `, but ${before} were there at the last good import` : ''}.`,
      remedy: 'Check the filter, the OUs and the rights of the account. If it is true, run again with --accept-smaller-source and a note.',
      detail: { before, now },
    }
  }
  if (now * 100 >= before * (100 - smallerSource.percent)) return null
  return {
    kind: 'sourceShrunk',
    message: `${source} returned ${now} objects, but ${before} were there at the last good import: more than ${smallerSource.percent} % fewer.`,
    remedy: 'Check the filter, the OUs and the rights of the account. If it is true, run again with --accept-smaller-source and a note.',
    detail: { before, now },
  }
}
