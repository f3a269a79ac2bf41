import { describeWay } from '../../../shared/domain/proxyInUse.ts'
import { passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { TenantWorld } from './tenantWorld.ts'

/** Nothing is asked here: whether the proxy lets Graph through is what the sign-in shows. */
export async function checkProxy({ settings, proxy }: TenantWorld): Promise<CheckAnswer> {
  const { problems, exceptions } = proxy
  const read = [...[settings.graphUrl, settings.signInUrl].map((url) => `${url}: ${describeWay(url, proxy)}`), ...(exceptions.length === 0 ? [] : [`exceptions: ${exceptions.join(', ')}`])]
  if (problems.length > 0) return warned(problems.map(({ message }) => message).join(' '), problems.map(({ remedy }) => remedy).join(' '), { read })
  return passed(`Graph is asked ${describeWay(settings.graphUrl, proxy)}.`, { read })
}
