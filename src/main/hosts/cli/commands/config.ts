import { openService } from '../../../service.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodeOfProblem, exitCodes, type ExitCode } from '../exitCodes.ts'

/** Every problem at once, each with file, line and what is allowed. */
export async function checkConfiguration(context: CommandContext): Promise<ExitCode> {
  const { output, workspace, environment, labWorker } = context
  const service = await openService({ folder: workspace, environment, labWorker })
  if (service.ok) {
    await service.value.close()
    output.document({ workspace, problems: [] })
    output.line(`${workspace}: the configuration and the rules are in order.`)
    return exitCodes.done
  }
  output.document({ workspace, problems: service.problem })
  if (!output.isJson) service.problem.forEach((problem) => output.problem(problem))
  const [first] = service.problem
  return first === undefined ? exitCodes.failed : exitCodeOfProblem(first)
}
