import { assertNever } from './assertNever.ts'
import type { Result } from './result.ts'
import { fail, succeed } from './result.ts'

/** A service principal name `class/host[:port or instance][/name]` (Microsoft Learn, "Name Formats for Unique SPNs"), each part as it was written. */
export type Spn = {
  readonly serviceClass: string
  readonly host: string
  readonly port: number | null
  /** Of SQL Server, which names an instance where others have a port. */
  readonly instance: string | null
  readonly serviceName: string | null
}

export type SpnProblem =
  | { readonly kind: 'blank' | 'isAddress' | 'noClass' | 'noHost' | 'tooManyParts' | 'emptyName'; readonly text: string }
  /** `https/`: the scheme of an address, which is no service class; browsers and proxies ask for HTTP/ with either scheme. */
  | { readonly kind: 'scheme'; readonly text: string; readonly scheme: string }
  | { readonly kind: 'badClass' | 'badHost' | 'badPort'; readonly text: string; readonly part: string }

/** Of a text that is no SPN, the first thing that is wrong with it. */
export function parseSpn(text: string): Result<Spn, SpnProblem> {
  if (/\s/.test(text) || text === '') return fail({ kind: 'blank', text })
  if (text.includes('://')) return fail({ kind: 'isAddress', text })
  const [serviceClass = '', place = '', serviceName, ...rest] = text.split('/')
  if (serviceClass === '') return fail({ kind: 'noClass', text })
  if (serviceClass.toLowerCase() === 'https') return fail({ kind: 'scheme', text, scheme: serviceClass })
  if (!/^[\p{L}\p{N}._-]+$/u.test(serviceClass)) return fail({ kind: 'badClass', text, part: serviceClass })
  if (rest.length > 0) return fail({ kind: 'tooManyParts', text })
  if (serviceName === '') return fail({ kind: 'emptyName', text })
  return parsePlace(text, serviceClass, place, serviceName ?? null)
}

/** Equal for two SPNs that the directory takes for the same: it compares them without case. Any text may be given. */
export function spnKey(spn: string): string {
  return spn.toLowerCase()
}

/** The end of a sentence that begins with the SPN: "… names a scheme (https), where a service class stands". */
export function describeSpnProblem(problem: SpnProblem): string {
  switch (problem.kind) {
    case 'blank': return problem.text === '' ? 'is empty' : 'has blanks in it'
    case 'isAddress': return 'is a web address, where class/host is expected, such as HTTP/www.contoso.test'
    case 'scheme': return `begins with a scheme (${problem.scheme}), where a service class stands: it is HTTP for either scheme`
    case 'noClass': return 'has no service class'
    case 'badClass': return `has no possible service class (${problem.part})`
    case 'noHost': return 'has no host'
    case 'badHost': return `has no possible host (${problem.part})`
    case 'badPort': return `has no possible port (${problem.part}): it is a number from 1 to 65535`
    case 'emptyName': return 'ends with a slash'
    case 'tooManyParts': return 'has more than three parts'
    default: return assertNever(problem)
  }
}

function parsePlace(text: string, serviceClass: string, place: string, serviceName: string | null): Result<Spn, SpnProblem> {
  const colon = place.indexOf(':')
  const host = colon === -1 ? place : place.slice(0, colon)
  const suffix = colon === -1 ? null : place.slice(colon + 1)
  if (host === '') return fail({ kind: 'noHost', text })
  // Underscores are no part of DNS host names, but of some machine names, which then stand in SPNs.
  if (!/^[\p{L}\p{N}_](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_])?$/u.test(host) || host.includes('..')) return fail({ kind: 'badHost', text, part: host })
  if (suffix === null) return succeed({ serviceClass, host, port: null, instance: null, serviceName })
  if (/^\d{1,5}$/.test(suffix) && Number(suffix) >= 1 && Number(suffix) <= 65_535) return succeed({ serviceClass, host, port: Number(suffix), instance: null, serviceName })
  if (serviceClass.toLowerCase() === 'mssqlsvc' && /^[\p{L}_#][\p{L}\p{N}_#$]*$/u.test(suffix)) return succeed({ serviceClass, host, port: null, instance: suffix, serviceName })
  return fail({ kind: 'badPort', text, part: suffix })
}
