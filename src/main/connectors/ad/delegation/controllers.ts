import { EqualityFilter, OrFilter } from 'ldapts'
import type { Reading } from '../../../../shared/domain/delegation.ts'
import type { Dn } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { Conversation } from '../conversation.ts'
import type { DirectoryServer } from '../directoryConnection.ts'
import { DirectoryLink } from '../directoryLink.ts'
import { anyObject } from '../readObjects.ts'
import { textIn } from '../rootDse.ts'
import { searchOnce } from '../search.ts'
import { parseTime } from '../serverState.ts'

export type ControllerClock = { readonly host: string; readonly skew: Reading<number> }

/** The configured controllers by the names under which they are reached, then the others of the domain, on the same port. */
export async function readClocks(link: Conversation, domainDn: Dn, signal: AbortSignal): Promise<readonly ControllerClock[]> {
  const { servers } = link.connection
  const configured = await Promise.all(servers.map((server) => readClock(link, server, signal)))
  const known = new Set(configured.flatMap(({ controller, clock }) => [clock.host.toLowerCase(), ...(controller === null ? [] : [controller.toLowerCase()])]))
  const [first] = servers
  const all = await listControllers(link, domainDn, signal)
  // Without the list there are still the configured ones.
  const others = !all.ok || first === undefined ? [] : all.value.filter((host) => !known.has(host.toLowerCase())).map((host) => ({ host, port: first.port }))
  const answered = await Promise.all(others.map((server) => readClock(link, server, signal)))
  return [...configured, ...answered].map(({ clock }) => clock)
}

/** By their primary groups, Domain Controllers (516) and Read-only Domain Controllers (521). */
async function listControllers(link: Conversation, domainDn: Dn, signal: AbortSignal): Promise<Result<readonly string[], Problem>> {
  const filter = new OrFilter({ filters: ['516', '521'].map((value) => new EqualityFilter({ attribute: 'primaryGroupID', value })) })
  const found = await searchOnce(link, { base: domainDn, scope: 'sub', filter, attributes: ['dNSHostName'] }, 'Listing the domain controllers', signal)
  return found.ok ? succeed(found.value.map((entry) => textIn(entry, 'dNSHostName')).filter((host) => host !== '')) : found
}

/** A link of its own for each: another controller's clock is another's. */
async function readClock({ connection }: Conversation, server: DirectoryServer, signal: AbortSignal): Promise<{ readonly controller: string | null; readonly clock: ControllerClock }> {
  const link = new DirectoryLink({ ...connection, servers: [server] }, 'anyController')
  try {
    const signedIn = await link.signIn(signal)
    const skew = signedIn.ok ? await measureSkew(link, server.host, signal) : signedIn
    const controller = signedIn.ok ? signedIn.value.root.controller : null
    return { controller, clock: { host: server.host, skew: skew.ok ? { kind: 'read', value: skew.value } : { kind: 'notRead', why: skew.problem.message } } }
  } finally {
    await link.close()
  }
}

/** Its clock minus ours in whole seconds. The answer was made halfway between question and arrival, and currentTime (MS-ADTS 3.1.1.3.2.3) leaves out the fraction of its second. */
async function measureSkew(link: Conversation, host: string, signal: AbortSignal): Promise<Result<number, Problem>> {
  const doing = `Reading the clock of ${host}`
  const asked = Date.now()
  const root = await searchOnce(link, { base: '', scope: 'base', filter: anyObject, attributes: ['currentTime'] }, doing, signal)
  const halfway = (asked + Date.now()) / 2
  if (!root.ok) return root
  const time = parseTime(textIn(root.value[0], 'currentTime'))
  return time === null ? fail(noClock(doing)) : succeed(Math.round((time + halfSecond - halfway) / 1000))
}

const halfSecond = 500

function noClock(doing: string): Problem {
  return { kind: 'malformedAnswer', message: `${doing} failed: currentTime of its rootDSE is no time.`, remedy: 'Look at the time of the controller itself (w32tm /query /status).' }
}
