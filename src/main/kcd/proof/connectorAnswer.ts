import { z } from 'zod'
import type { SiteAnswer } from '../../../shared/domain/delegation.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { answerMarks, type ScriptRequest } from './connectorScript.ts'
import { notProven, type ProofResult } from './proofSteps.ts'
import { findSeenAs, readPageText } from './readPage.ts'
import { explainWindowsRefusal } from './windowsRefusals.ts'

const text = (most: number) => z.string().max(most)
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
const site = z.strictObject({ status: z.int().nullable(), text: text(4_000), failure: text(4_000).nullable() })

const answerSchema = z.strictObject({
  version: z.literal(1),
  application: text(2_000), guest: text(2_000), identity: text(2_000), spn: text(2_000), url: text(2_000).nullable(),
  computer: text(300), account: text(300), at: time,
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('notSystem') }),
    z.strictObject({ kind: z.literal('failed'), step: z.enum(['guest', 'service']), code: z.string().regex(/^[0-9A-F]{8}$/i).nullable(), text: text(4_000) }),
    z.strictObject({ kind: z.literal('ticket'), principal: text(1_000), encryptionType: z.int().nullable(), startsAt: time, endsAt: time, site: site.nullable() }),
  ]),
})
type Answer = z.output<typeof answerSchema>

/** What the connector found, and when and where; the caller knows for what it was asked. */
export type ConnectorAnswer = { readonly at: string; readonly computer: string; readonly result: ProofResult }

/**
 * Reads what a person pasted: the line of the script, wherever a console or a mail wrapped it. Refuses the answer to
 * another question: a proof is of one application and one guest.
 */
export function parseConnectorAnswer(pasted: string, asked: Omit<ScriptRequest, 'url'>): Result<ConnectorAnswer, Problem> {
  const packed = findPacked(pasted)
  if (!packed.ok) return packed
  const answer = readAnswer(packed.value)
  if (!answer.ok) return answer
  const { application, guest, spn, at, computer } = answer.value
  if (application !== asked.application || guest !== asked.guest || spn !== asked.spn) {
    return fail(unusable(`It answers for ${answer.value.identity} at ${spn}, not for ${asked.identity} at ${asked.spn}`, 'Make the script again for this application and guest, and paste what that one answers.'))
  }
  return succeed({ at, computer, result: resultOf(answer.value) })
}

function findPacked(pasted: string): Result<string, Problem> {
  const begin = pasted.lastIndexOf(answerMarks.begin)
  if (begin === -1) return fail(unusable(`It has no line that begins with ${answerMarks.begin}`, 'Paste everything that the script printed. If it printed an error instead, the error says what is missing there.'))
  const end = pasted.indexOf(answerMarks.end, begin)
  if (end === -1) return fail(unusable(`It is cut off: ${answerMarks.end} is missing at its end`, 'Copy the whole line, or save the script\'s output to a file and give that.'))
  // Line breaks of a console, and the marks of a quoted mail.
  return succeed(pasted.slice(begin + answerMarks.begin.length, end).replace(/[\s>|]/g, ''))
}

function readAnswer(packed: string): Result<Answer, Problem> {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(packed)
  const value = isBase64 ? parseJson(Buffer.from(packed, 'base64').toString('utf8')) : undefined
  if (value === undefined) return fail(unusable('It was damaged on the way', 'Copy the line again, without changing it.'))
  const parsed = answerSchema.safeParse(value)
  if (parsed.success) return succeed(parsed.data)
  const [issue] = parsed.error.issues
  return fail(unusable(`It is not what our script writes (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`, 'Make the script again with this version of Guestbridge, and run that.'))
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    // Damaged: the caller says so.
    return undefined
  }
}

function resultOf({ outcome, account, identity, spn, url }: Answer): ProofResult {
  switch (outcome.kind) {
    case 'notSystem': return notProven(`The script ran as ${account}, which may speak in nobody's name.`, 'Run it as SYSTEM: its first lines say how.')
    case 'failed': return explainWindowsRefusal(outcome.step, outcome.code, outcome.text)
    case 'ticket': {
      const { principal, startsAt, endsAt, encryptionType } = outcome
      const asked = siteOf(outcome.site, url, [identity, principal, principal.split('\\').at(-1) ?? ''])
      return { kind: 'ticket', principal, service: spn, encryptionType: nameEncryptionType(encryptionType), startsAt, endsAt, ...asked }
    }
  }
}

function siteOf(answer: z.output<typeof site> | null, url: string | null, names: readonly string[]): { readonly site: SiteAnswer | null; readonly siteProblem?: string } {
  if (answer === null || url === null) return { site: null }
  if (answer.status === null) return { site: null, siteProblem: `The site was not reached: ${answer.failure ?? ''}` }
  const shown = { url, status: answer.status, seenAs: findSeenAs(`${readPageText(answer.text)}\n${answer.text}`, names), text: readPageText(answer.text) }
  return { site: shown, ...(answer.failure === null ? {} : { siteProblem: answer.failure }) }
}

/** RFC 3961 8, RFC 8009 6, RFC 4757. */
function nameEncryptionType(number: number | null): string {
  const names: Readonly<Record<number, string>> = { 17: 'aes128-cts-hmac-sha1-96', 18: 'aes256-cts-hmac-sha1-96', 19: 'aes128-cts-hmac-sha256-128', 20: 'aes256-cts-hmac-sha384-192', 23: 'arcfour-hmac' }
  return number === null ? 'unknown' : names[number] ?? `number ${number}`
}

function unusable(what: string, remedy: string): Problem {
  return { kind: 'usage', message: `The pasted answer of the connector cannot be used. ${what}.`, remedy }
}
