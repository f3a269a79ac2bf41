import { describeSpnProblem, parseSpn } from '../../../../shared/domain/spn.ts'
import type { Outcome, Subjects } from '../check.ts'
import { found, passed } from '../outcome.ts'

/** 17: class/host[:port][/name]. */
export function checkSpnSyntax({ application }: Subjects['application']): readonly Outcome[] {
  const read = [`${application.name} SPN`]
  const parsed = parseSpn(application.spn)
  if (parsed.ok) return [passed(`${application.spn} is a well-formed SPN.`, read)]
  return [found({
    message: `The SPN of ${application.name}, "${application.spn}", ${describeSpnProblem(parsed.problem)}.`,
    remedy: `Correct the SPN of ${application.name} where it is published: class/host, such as ${suggestSpn(application.spn)}.`, read
  })]
}

/** Of an address or a scheme, the SPN that was probably meant; otherwise an example. */
function suggestSpn(text: string): string {
  const host = /^https?:?\/+([\p{L}\p{N}._-]+)/iu.exec(text.trim())?.[1]
  const suggestion = `HTTP/${host ?? ''}`
  return parseSpn(suggestion).ok ? suggestion : 'HTTP/www.contoso.test'
}
