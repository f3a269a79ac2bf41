import type { Problem } from '../../../shared/domain/problem.ts'
import { bindRefusals, refusals } from './refusals.ts'
import type { RefusalRow } from './refusals.ts'

/** `code` and `message` of an LDAP result (RFC 4511 4.1.9). */
export type LdapRefusal = { readonly code: number; readonly message: string }

/** `doing` begins the sentence: "Creating CN=…". The server's text is debugging output and stays out of it: codes decide. */
export function describeRefusal(doing: string, refusal: LdapRefusal): Problem {
  const hex = /^([0-9a-f]{8}):/i.exec(refusal.message)?.[1]?.toUpperCase() ?? null
  const data = refusal.code === 49 ? (/\bdata ([0-9a-f]+)/i.exec(refusal.message)?.[1]?.toLowerCase() ?? null) : null
  const found = findRow(refusal.code, hex, data)
  const detail = { ldapCode: refusal.code, ...(hex === null ? {} : { hex }), ...(data === null ? {} : { data }) }
  if (found !== undefined) return { kind: found.kind, message: `${doing} failed: ${found.because}.`, remedy: found.remedy, detail }
  return {
    kind: 'directoryRefused',
    message: `${doing} failed: the directory refused it with code ${refusal.code}${hex === null ? '' : ` (${hex})`}.`,
    remedy: 'Look the code up in the documentation of the directory; the event log of the domain controller may say more.',
    detail,
  }
}

function findRow(code: number, hex: string | null, data: string | null): Pick<RefusalRow, 'kind' | 'because' | 'remedy'> | undefined {
  const ofBind = data === null ? undefined : bindRefusals[data]
  return ofBind ?? refusals.find((row) => row.code === code && row.hex !== null && row.hex === hex) ?? refusals.find((row) => row.code === code && row.hex === null)
}

/** The numbers that `describeRefusal` decided by; null for a problem that is not an answer of the server. */
export function refusalOf(problem: Problem): { readonly code: number; readonly hex: string | null } | null {
  const { ldapCode, hex } = problem.detail ?? {}
  return typeof ldapCode === 'number' ? { code: ldapCode, hex: typeof hex === 'string' ? hex : null } : null
}

export function cancelled(doing: string): Problem {
  return { kind: 'cancelled', message: `${doing} was cancelled.`, remedy: 'Start it again when you are ready.' }
}

export function timedOut(doing: string, milliseconds: number): Problem {
  return {
    kind: 'timedOut',
    message: `${doing} failed: no answer within ${milliseconds / 1000} seconds.`,
    remedy: 'Check that the domain controller is up and not overloaded, then try again.',
  }
}

export function connectionLost(doing: string, reason: string): Problem {
  return {
    kind: 'unreachable',
    message: `${doing} failed: the connection to the domain controller was lost.`,
    remedy: 'Try again: the next attempt connects anew. If it happens often, look at the network and the event log of the domain controller.',
    detail: { reason },
  }
}
