import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { startHttpsServer } from './http/httpsServer.ts'
import type { HttpsOptions } from './http/httpsServer.ts'
import { headerOf } from './http/message.ts'
import type { HttpService, LabAnswer, LabRequest } from './http/message.ts'
import { findRoute } from './http/routes.ts'
import type { Route } from './http/routes.ts'
import type { LabEndpoints } from './labEndpoints.ts'
import { tenantCommandSchema } from './tenant/administration/tenantCommand.ts'
import type { TenantCommand, TenantOutcome } from './tenant/administration/tenantCommand.ts'

export type RunningControl = { close(): Promise<void> }

export type Control = {
  readonly token: string
  readonly endpoints: LabEndpoints
  readonly administer: (command: TenantCommand) => TenantOutcome
}

/**
 * For other processes of the same user, with the token of lab.json: GET /lab tells where the lab is, POST /commands makes something
 * happen in it (docs/lab.md).
 */
export async function startControlServer(options: HttpsOptions, control: Control): Promise<RunningControl> {
  const server = await startHttpsServer(options)
  server.serve(createControlService(control))
  return { close: () => server.close() }
}

function createControlService(control: Control): HttpService {
  const routes: readonly Route<(request: LabRequest) => LabAnswer>[] = [
    { method: 'GET', path: '/lab', handle: () => answerJson(200, control.endpoints) },
    { method: 'POST', path: '/commands', handle: (request) => answerCommand(control, request) },
  ]
  return {
    answer: (request) => {
      if (!isAuthorized(request, control.token)) return answerJson(401, { error: 'The token of lab.json is needed' })
      const match = findRoute(routes, request.method, request.url.pathname)
      if (match.kind === 'found') return match.handle(request)
      return match.kind === 'unknownPath' ? answerJson(404, { error: 'Only /lab and /commands are here' }) : answerJson(405, { error: `Only ${match.allowed.join(', ')} is possible` })
    },
    answerFailure: (failure, _request, cause) => answerJson(failure === 'internal' ? 500 : 400, { error: cause instanceof Error ? cause.message : failure }),
  }
}

/** 200 when it is done, 400 for what is no command, 409 for one that does not fit the state of the lab. */
function answerCommand({ administer }: Control, request: LabRequest): LabAnswer {
  const command = tenantCommandSchema.safeParse(parseJson(request.body))
  if (!command.success) return answerJson(400, { error: `This is no command of the lab: ${z.prettifyError(command.error)}` })
  const outcome = administer(command.data)
  return outcome.kind === 'done' ? answerJson(200, { id: outcome.id }) : answerJson(409, { error: outcome.message })
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    // The schema refuses it, as it does everything that is no command.
    return undefined
  }
}

function isAuthorized(request: LabRequest, token: string): boolean {
  const digests = [headerOf(request, 'authorization') ?? '', `Bearer ${token}`].map((text) => createHash('sha256').update(text).digest())
  const [given, wanted] = digests
  return given !== undefined && wanted !== undefined && timingSafeEqual(given, wanted)
}

function answerJson(status: number, body: unknown): LabAnswer {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }, body: JSON.stringify(body) }
}
