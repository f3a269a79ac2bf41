import { guidFromBytes } from '../../../shared/domain/ids.ts'
import type { ObjectGuid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { Conversation } from './conversation.ts'
import { anyObject, isAbsent } from './readObjects.ts'
import { textIn } from './rootDse.ts'
import { searchOnce } from './search.ts'

/** What update sequence numbers count for: each controller has its own (MS-ADTS 3.1.1.1.9), and new ones after it came from a backup. */
export type ServerId = { readonly controller: string; readonly invocationId: ObjectGuid; readonly dsServiceName: string }
export type ServerState = {
  readonly server: ServerId
  /** highestCommittedUSN: 64 bits, as text. */
  readonly usn: string
  /** Of the server's clock: milliseconds since 1970. */
  readonly time: number
}

/** Null where the server does not tell who it is or how far it has come: then nothing can begin where something else ended. */
export async function readServerState(conversation: Conversation, signal: AbortSignal): Promise<Result<ServerState | null, Problem>> {
  const doing = 'Reading the state of the domain controller'
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { controller, dsServiceName } = signedIn.value.root
  const root = await searchOnce(conversation, { base: '', scope: 'base', filter: anyObject, attributes: ['highestCommittedUSN', 'currentTime'] }, doing, signal)
  if (!root.ok) return root
  const [usn, time] = [textIn(root.value[0], 'highestCommittedUSN'), parseTime(textIn(root.value[0], 'currentTime'))]
  if (dsServiceName === null || !/^\d{1,19}$/.test(usn) || time === null) return succeed(null)
  const service = await searchOnce(conversation, { base: dsServiceName, scope: 'base', filter: anyObject, attributes: ['invocationId'] }, doing, signal)
  if (!service.ok) return isAbsent(service.problem) ? succeed(null) : service
  const attribute = service.value[0]?.attributes.find(({ type }) => type.toLowerCase() === 'invocationid')
  const [bytes] = attribute?.parsedBuffers ?? []
  if (bytes === undefined) return succeed(null)
  const invocationId = guidFromBytes(bytes)
  return invocationId.ok ? succeed({ server: { controller, invocationId: invocationId.value, dsServiceName }, usn, time }) : fail(notAGuid(controller))
}

/** RFC 4517 3.3.13, as Active Directory writes it: `20261123193950.0Z`. */
export function parseTime(text: string): number | null {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(text) ?? []
  const [year, month, day, hour, minute, second] = parts.map(Number)
  if (year === undefined || month === undefined) return null
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

function notAGuid(controller: string): Problem {
  return { kind: 'malformedAnswer', message: `Reading the state of ${controller} failed: its invocationId is not a GUID.`, remedy: 'Connect to another domain controller.' }
}
