import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { OpenRun, RunContext } from '../runContext.ts'
import type { SmallerSource } from '../sourceSize.ts'

/** What a round of an import, full or delta, is about. */
export type SourceRound = {
  readonly context: RunContext
  readonly run: OpenRun
  readonly connector: ConnectorName
  /** What the rules read and write at this connector. */
  readonly attributes: readonly string[]
  /** Names what is selected at the source: attributes, filter, group, OUs. A delta continues only the same selection. */
  readonly selection: string
  readonly smallerSource: SmallerSource
}

/** Watermarks that are stored together with the round, and only with the whole of it. */
export type RoundResult = Result<Readonly<Record<string, string>>, Problem>

/** Where the next delta of a connector begins, and for which selection. Empty text: nowhere, a full import is due. */
export function deltaWatermarks(connector: ConnectorName): { readonly token: string; readonly selection: string } {
  return { token: `${connector}.delta`, selection: `${connector}.deltaSelection` }
}

export function cutOff(connector: ConnectorName, done: number): Problem {
  const source = connector === 'entra' ? 'Microsoft Graph' : 'Active Directory'
  return {
    kind: 'importIncomplete',
    message: `${source} stopped answering after ${done} objects; the end of the list was never reached.`,
    remedy: 'Run the import again. Nothing of this import was applied, so nobody is taken for deleted.',
    detail: { objects: done },
  }
}
