import { resolve } from 'node:path'
import type { Problem } from '../../shared/domain/problem.ts'
import { parseFilter } from '../connectors/graph/parseFilter.ts'
import type { WorkspaceConfiguration } from '../workspace/configuration.ts'
import { configurationFileName } from '../workspace/readConfiguration.ts'

/** Problem of a `filter` that no import could use, found before any of them begins; null where it is in order. */
export function checkFilter(folder: string, { entra }: WorkspaceConfiguration): Problem | null {
  const parsed = parseFilter(entra.filter ?? '')
  if (parsed.ok) return null
  const { problem } = parsed
  return { ...problem, message: `${resolve(folder, configurationFileName)}: /entra/filter: ${problem.message}`, detail: { ...problem.detail, path: '/entra/filter' } }
}
