import { setTimeout as delay } from 'node:timers/promises'
import type { HttpService, LabAnswer, LabRequest } from '../../http/message.ts'
import type { FaultEffect, FaultPlan } from './faultPlan.ts'

/** The service, with what the plan has for each of its requests. */
export function withFaults(service: HttpService, plan: FaultPlan): HttpService {
  return {
    answer: (request) => {
      const effect = plan.take(request.method, request.url.pathname, 'connection')
      return effect === null ? service.answer(request) : applyFault(service, request, effect)
    },
    answerFailure: (failure, request, cause) => service.answerFailure(failure, request, cause),
  }
}

async function applyFault(service: HttpService, request: LabRequest, effect: FaultEffect): Promise<LabAnswer> {
  switch (effect.kind) {
    case 'answer':
      return { status: effect.status, headers: effect.headers, body: effect.body }
    case 'delay':
      await delay(effect.seconds * 1000)
      return service.answer(request)
    case 'reset':
      return { status: 500, headers: {}, body: '', breaksOff: 'atOnce' }
    case 'cutOff':
      return { ...(await service.answer(request)), breaksOff: 'halfway' }
  }
}
