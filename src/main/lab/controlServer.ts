import { createHash, timingSafeEqual } from 'node:crypto'
import { startHttpsServer } from './http/httpsServer.ts'
import type { HttpsOptions } from './http/httpsServer.ts'
import { headerOf } from './http/message.ts'
import type { HttpService, LabAnswer, LabRequest } from './http/message.ts'
import { findRoute } from './http/routes.ts'
import type { Route } from './http/routes.ts'
import type { LabEndpoints } from './labEndpoints.ts'

export type RunningControl = { close(): Promise<void> }

/** Tells other processes of the same user that the lab runs and where: GET /lab with the token of lab.json. */
export async function startControlServer(options: HttpsOptions, token: string, endpoints: LabEndpoints): Promise<RunningControl> {
  const server = await startHttpsServer(options)
  server.serve(createControlService(token, endpoints))
  return { close: () => server.close() }
}

function createControlService(token: string, endpoints: LabEndpoints): HttpService {
  const routes: readonly Route<() => LabAnswer>[] = [{ method: 'GET', path: '/lab', handle: () => answerJson(200, endpoints) }]
  return {
    answer: (request) => {
      if (!isAuthorized(request, token)) return answerJson(401, { error: 'The token of lab.json is needed' })
      const match = findRoute(routes, request.method, request.url.pathname)
      if (match.kind === 'found') return match.handle()
      return match.kind === 'unknownPath' ? answerJson(404, { error: 'Only /lab is here' }) : answerJson(405, { error: 'Only GET is possible' })
    },
    answerFailure: (failure, _request, cause) => answerJson(failure === 'internal' ? 500 : 400, { error: cause instanceof Error ? cause.message : failure }),
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
