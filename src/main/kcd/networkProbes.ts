import { Resolver } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import type { Reading } from '../../shared/domain/delegation.ts'
import type { NetworkProbes } from './probes.ts'

/** Name servers as `address` or `address:port`; null: those of this computer. Milliseconds for one question and for one port. */
export type NetworkProbeOptions = { readonly nameServers: readonly string[] | null; readonly questionTimeout?: number; readonly portTimeout?: number }

const defaultQuestionTimeout = 2_000
/** As the port of `NetworkProbes` promises. */
const defaultPortTimeout = 5_000

/**
 * DNS and TCP as this computer sees them. "There is no such name" (NXDOMAIN, or no such record) is an answer; a server that
 * fails, refuses or keeps silent is none, so that a check says "not checked" instead of blaming a record.
 */
export function createNetworkProbes({ nameServers, questionTimeout = defaultQuestionTimeout, portTimeout = defaultPortTimeout }: NetworkProbeOptions): NetworkProbes {
  const ask = <Answer>(signal: AbortSignal, question: (resolver: Resolver) => Promise<Answer>): Promise<Answer> => {
    const resolver = new Resolver({ timeout: questionTimeout, tries: 2 })
    if (nameServers !== null) resolver.setServers(nameServers)
    return cancellable(resolver, signal, question)
  }
  return {
    resolveHost: async (host, signal) => {
      if (!host.includes('.')) return { kind: 'notRead', why: `${host} is a short name, which each computer completes by its own DNS suffixes` }
      const alias = await readRecords(() => ask(signal, (resolver) => resolver.resolveCname(host)))
      if (alias.kind === 'notRead') return alias
      const [canonical] = alias.value
      if (canonical !== undefined) return { kind: 'read', value: { kind: 'alias', target: canonical } }
      const address = await readAddress(host, signal, ask)
      if (address.kind === 'notRead') return address
      return { kind: 'read', value: address.value === null ? { kind: 'unknown', target: null } : { kind: 'address', target: address.value } }
    },
    findServers: async (record, signal) => {
      const servers = await readRecords(() => ask(signal, (resolver) => resolver.resolveSrv(record)))
      if (servers.kind === 'notRead') return servers
      const sorted = [...servers.value].sort((left, right) => left.priority - right.priority || right.weight - left.weight)
      return { kind: 'read', value: sorted.map(({ name, port }) => ({ host: name, port })) }
    },
    tryPort: async (host, port, signal) => {
      if (nameServers === null || isIP(host) !== 0) return tryConnection(host, port, portTimeout, signal)
      const address = await readAddress(host, signal, ask)
      if (address.kind === 'notRead') return address
      return address.value === null ? { kind: 'notRead', why: `DNS does not know ${host}` } : tryConnection(address.value, port, portTimeout, signal)
    },
  }
}

type Ask = <Answer>(signal: AbortSignal, question: (resolver: Resolver) => Promise<Answer>) => Promise<Answer>

/** IPv4 first: domain controllers without one are rare, networks where IPv6 leads nowhere are not. */
async function readAddress(host: string, signal: AbortSignal, ask: Ask): Promise<Reading<string | null>> {
  const four = await readRecords(() => ask(signal, (resolver) => resolver.resolve4(host)))
  if (four.kind === 'notRead' || four.value[0] !== undefined) return four.kind === 'notRead' ? four : { kind: 'read', value: four.value[0] ?? null }
  const six = await readRecords(() => ask(signal, (resolver) => resolver.resolve6(host)))
  return six.kind === 'notRead' ? six : { kind: 'read', value: six.value[0] ?? null }
}

async function cancellable<Answer>(resolver: Resolver, signal: AbortSignal, question: (resolver: Resolver) => Promise<Answer>): Promise<Answer> {
  const cancel = (): void => resolver.cancel()
  signal.throwIfAborted()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await question(resolver)
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** Answers of a name server that say that there is nothing (RFC 2308); every other failure says nothing about the name. */
const nothingThere = new Set(['ENOTFOUND', 'ENODATA'])
const failures: Readonly<Record<string, string>> = {
  ESERVFAIL: 'the name server failed', EREFUSED: 'the name server refused to answer', ETIMEOUT: 'no name server answered in time', ECONNREFUSED: 'no name server could be reached',
  ECANCELLED: 'it was cancelled', EBADNAME: 'it is not a DNS name', EBADRESP: 'the name server answered something that is not DNS',
}

async function readRecords<Answer>(ask: () => Promise<readonly Answer[]>): Promise<Reading<readonly Answer[]>> {
  try {
    return { kind: 'read', value: await ask() }
  } catch (error) {
    const code = codeOf(error)
    if (nothingThere.has(code)) return { kind: 'read', value: [] }
    return { kind: 'notRead', why: `DNS: ${failures[code] ?? (error instanceof Error ? error.message : String(error))}` }
  }
}

/** Refused is an answer of that host; silence counts as closed too, because a firewall drops what it does not let pass. */
function tryConnection(host: string, port: number, timeout: number, signal: AbortSignal): Promise<Reading<'open' | 'closed'>> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout, signal })
    const settle = (reading: Reading<'open' | 'closed'>): void => {
      socket.destroy()
      resolve(reading)
    }
    socket.once('connect', () => settle({ kind: 'read', value: 'open' }))
    socket.once('timeout', () => settle({ kind: 'read', value: 'closed' }))
    socket.once('error', (error) => settle(describeRefusal(host, error)))
  })
}

function describeRefusal(host: string, error: Error): Reading<'open' | 'closed'> {
  const code = codeOf(error)
  if (code === 'ECONNREFUSED' || code === 'ETIMEDOUT' || code === 'ECONNRESET') return { kind: 'read', value: 'closed' }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { kind: 'notRead', why: `${host} cannot be resolved from here` }
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return { kind: 'read', value: 'closed' }
  return { kind: 'notRead', why: code === 'ABORT_ERR' ? 'it was cancelled' : error.message }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
