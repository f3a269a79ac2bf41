import type { Input, Outputs } from '../../shared/api/contract.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { labFailed } from './labOfWorkspace.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** A scripted change or fault in the lab of this workspace; what a command may be is the lab's matter (docs/lab.md). */
export async function administerLabOfSession(session: WorkspaceSession, { command }: Input<'lab.administer'>): Promise<Result<Outputs['lab.administer'], Problem>> {
  const endpoints = await session.labEndpoints()
  if (!endpoints.ok) return endpoints
  if (endpoints.value === null) {
    return fail({ kind: 'usage', message: 'This workspace is no lab: nothing was changed.', remedy: 'Use the workspace of a lab, or make one with "guestbridge --workspace FOLDER init --lab".' })
  }
  const { tenantCommandSchema } = await import('../lab/tenant/administration/tenantCommand.ts')
  const { administerLab } = await import('../lab/administerLab.ts')
  const parsed = tenantCommandSchema.safeParse(command)
  if (!parsed.success) return fail(notACommand(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'command'}: ${message}`).join('; ')))
  try {
    const outcome = await administerLab(endpoints.value, parsed.data)
    return outcome.kind === 'done' ? succeed({ id: outcome.id }) : fail(notACommand(outcome.message))
  } catch (error) {
    return fail(labFailed(error))
  }
}

function notACommand(why: string): Problem {
  return { kind: 'usage', message: `The lab did nothing: ${why}`, remedy: 'docs/lab.md has the commands and what each takes.' }
}
