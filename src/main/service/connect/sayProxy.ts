import type { Problem } from '../../../shared/domain/problem.ts'
import { describeWay, isProxied, type ProxyInUse } from '../../../shared/domain/proxyInUse.ts'

/** Follows a sentence about what went well; empty where no proxy had a part in it. */
export function sayProxy(url: string, proxy: ProxyInUse): string {
  return isProxied(url, proxy) ? ` It was asked ${describeWay(url, proxy)}.` : ''
}

/** Who cannot be reached may be so because of the proxy, or for want of one. */
export function withWay(problem: Problem, url: string, proxy: ProxyInUse): Problem {
  if (!networkProblems.has(problem.kind)) return problem
  const way = proxy.proxy === null ? [] : [`It was asked ${describeWay(url, proxy)}.`]
  return {
    ...problem, message: [problem.message, ...way, ...proxy.problems.map(({ message }) => message)].join(' '),
    remedy: [problem.remedy, ...proxy.problems.map(({ remedy }) => remedy)].join(' '),
  }
}

const networkProblems: ReadonlySet<Problem['kind']> = new Set(['unreachable', 'timedOut', 'certificateNotTrusted'])
