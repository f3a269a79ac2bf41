import type { MessagePort } from 'node:worker_threads'
import { connect } from '../../../shared/rpc/connect.ts'
import { serve } from '../../../shared/rpc/serve.ts'
import { portChannel } from './portChannel.ts'

/** What only a host can do, for the service that it runs in a worker. */
export type HostServices = {
  /** How the browser of the host reaches an address: a list as a PAC script returns it, "PROXY a:8080; DIRECT". */
  readonly resolveProxy: (url: string) => Promise<string>
}

const call = 'resolveProxy'
/** Milliseconds. A script that is looked for in the network may never come. */
const patience = 5000

/** Answers one worker until its port ends. */
export function serveHost(services: HostServices, port: MessagePort, onError: (message: string) => void): void {
  serve(portChannel(port), async (_name, input) => (typeof input === 'string' ? services.resolveProxy(input) : null), {
    names: new Set([call]), onError: (name, error) => onError(`${name}: ${String(error)}`),
  })
}

/** The worker's side. Null where there was no answer in time, or none that is text: the service then asks the system itself. */
export function connectHost(port: MessagePort, onError: (message: string) => void): (url: string) => Promise<string | null> {
  const host = connect(portChannel(port))
  return async (url) => {
    const late = Promise.withResolvers<null>()
    const timer = setTimeout(() => {
      onError(`The window did not say within ${patience / 1000} seconds how it reaches ${url}`)
      late.resolve(null)
    }, patience)
    try {
      const answer = await Promise.race([host.call(call, url), late.promise])
      return typeof answer === 'string' ? answer : null
    } catch {
      // The host has told why.
      return null
    } finally {
      clearTimeout(timer)
    }
  }
}
