import { openService } from '../../service.ts'
import type { CommandContext, Caller } from './commandContext.ts'
import { exitCodeOfProblem, exitCodes, type ExitCode } from './exitCodes.ts'
import { showProgress } from './showProgress.ts'
import type { Problem } from '../../../shared/domain/problem.ts'

/** Opens the workspace for one command. Problems of the configuration are all shown, each with its line. */
export async function withService(context: CommandContext, work: (call: Caller) => Promise<ExitCode>): Promise<ExitCode> {
  const { output, signal } = context
  const service = await openService({ folder: context.workspace, environment: context.environment, labWorker: context.labWorker })
  if (!service.ok) {
    service.problem.forEach((problem) => output.problem(problem))
    return service.problem[0] === undefined ? exitCodes.failed : exitCodeOfProblem(service.problem[0])
  }
  const onProgress = showProgress(context)
  try {
    return await work((name, input) => service.value.call(name, input, { signal, onProgress }))
  } finally {
    await service.value.close()
  }
}

export function refuse(context: Pick<CommandContext, 'output'>, problem: Problem): ExitCode {
  context.output.problem(problem)
  return exitCodeOfProblem(problem)
}
