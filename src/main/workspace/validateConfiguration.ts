import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import type { WorkspaceConfiguration } from './configuration.ts'
import type { ConfigurationProblem } from './configurationProblem.ts'
import { configurationSchema } from './configurationSchema.ts'
import { readConfigurationText } from './configurationText.ts'
import { checkAcross } from './crossChecks.ts'
import { describeIssue } from './describeIssue.ts'

export const currentVersion = 1

/** Checks the text of a `workspace.json` and finds everything that is wrong with it at once, in the order of the file. */
export function validateConfiguration(written: string): Result<WorkspaceConfiguration, readonly ConfigurationProblem[]> {
  const text = readConfigurationText(written)
  if (!isRecord(text.value)) {
    return fail(text.problems.length > 0 ? text.problems : [text.locate({ path: [], message: 'The file holds no configuration.', allowed: 'an object { … }; "guestbridge init" writes one' })])
  }
  // A newer format may mean other things by the same names: nothing else is said about it.
  const version = text.value['version']
  if (typeof version === 'number' && version > currentVersion) {
    return fail([text.locate({ path: ['version'], message: `The workspace was written by a newer Guestbridge (format ${version}). Nothing was changed; update this one.`, allowed: String(currentVersion) })])
  }
  const parsed = configurationSchema.safeParse(text.value, { reportInput: true })
  const findings = [...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, configurationSchema))), ...checkAcross(text.value)]
  const located = findings.map(text.locate).sort((left, right) => left.line - right.line || left.column - right.column)
  // What is no JSON comes first: it may be why something else seems to be missing.
  const problems = [...text.problems, ...located]
  return parsed.success && problems.length === 0 ? succeed(parsed.data) : fail(problems)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
