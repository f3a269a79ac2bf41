import { BroadcastChannel } from 'node:worker_threads'
import { knownSecrets } from '../../workspace/knownSecrets.ts'
import type { KeyPair } from '../../workspace/keyPair.ts'
import type { Environment } from '../../workspace/secrets.ts'

export type ConnectSecret = 'entra' | 'directory'

/** The key of a certificate is in clear here only, for the time of the set-up; `sealedPem` is what a file may hold. */
export type DraftCertificate = { readonly keys: KeyPair; readonly sealedPem: string; readonly password: string }

/** What a set-up has been told and must not tell again. */
export type Draft = {
  readonly secrets: Map<ConnectSecret, string>
  certificate: DraftCertificate | null
  /** ISO 8601 date; as Graph said when the connection was tried. */
  secretEnds: string | null
}

/** In memory only, for the life of the thread: it outlives a reopening of the workspace, which every saving of settings is. */
export type ConnectMemory = {
  draft(id: string): Draft
  forgetDraft(id: string): void
  /** Secrets for which there is no keychain: in force in all threads of this process, and nowhere after it. */
  keepForSession(workspace: string, name: ConnectSecret, secret: string): void
  /** The environment with what it lacks of this session's secrets; a variable that is set wins. */
  fill(environment: Environment, workspace: string): Environment
  isOfSession(environment: Environment, workspace: string, name: ConnectSecret): boolean
}

/** A set-up that nobody ended is forgotten when so many others have begun. */
const mostDrafts = 8

export function createConnectMemory(tell: (message: SessionSecret) => void = () => undefined): ConnectMemory & { readonly learn: (message: SessionSecret) => void } {
  const drafts = new Map<string, Draft>()
  const session = new Map<string, string>()
  const keyOf = (workspace: string, name: ConnectSecret): string => `${workspace} ${name}`
  const learn = ({ workspace, name, secret }: SessionSecret): void => void session.set(keyOf(workspace, name), secret)
  return {
    learn,
    draft: (id) => {
      const draft = drafts.get(id) ?? { secrets: new Map<ConnectSecret, string>(), certificate: null, secretEnds: null }
      drafts.delete(id)
      drafts.set(id, draft)
      const [oldest] = drafts.keys()
      if (drafts.size > mostDrafts && oldest !== undefined) drafts.delete(oldest)
      return draft
    },
    forgetDraft: (id) => void drafts.delete(id),
    keepForSession: (workspace, name, secret) => {
      learn({ workspace, name, secret })
      tell({ workspace, name, secret })
    },
    fill: (environment, workspace) => {
      const filled: Record<string, string | undefined> = { ...environment }
      for (const name of ['entra', 'directory'] as const) {
        const { variable } = knownSecrets[name]
        const kept = session.get(keyOf(workspace, name))
        if (kept !== undefined && (filled[variable] ?? '') === '') filled[variable] = kept
      }
      return filled
    },
    isOfSession: (environment, workspace, name) => {
      const kept = session.get(keyOf(workspace, name))
      return kept !== undefined && environment[knownSecrets[name].variable] === kept
    },
  }
}

export type SessionSecret = { readonly workspace: string; readonly name: ConnectSecret; readonly secret: string }

/** The memory of one thread among others of this process, which all learn what one is told; nothing leaves the process. */
export function createSharedConnectMemory(): ConnectMemory {
  const channel = new BroadcastChannel('guestbridge.session-secrets')
  const memory = createConnectMemory((message) => channel.postMessage(message))
  channel.addEventListener('message', (event: unknown) => {
    if (isSessionSecret(event)) memory.learn(event.data)
  })
  // A thread ends when its work does.
  channel.unref()
  return memory
}

function isSessionSecret(event: unknown): event is { readonly data: SessionSecret } {
  if (typeof event !== 'object' || event === null || !('data' in event)) return false
  const { data } = event
  return typeof data === 'object' && data !== null && 'workspace' in data && 'name' in data && 'secret' in data
}
