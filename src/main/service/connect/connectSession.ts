import type { EntraConnection, EntraCredential } from '../../connectors/graph/entraConnection.ts'
import type { DirectoryConnection } from '../../connectors/ad/directoryConnection.ts'
import type { ConnectInput } from '../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { ProxyInUse } from '../../../shared/domain/proxyInUse.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { cloudEndpoints, type CloudEndpoints } from '../../workspace/clouds.ts'
import { fillFromKeychain } from '../../workspace/keychain.ts'
import { knownSecrets } from '../../workspace/knownSecrets.ts'
import { readDirectoryPassword, readEntraCredential, type Environment } from '../../workspace/secrets.ts'
import { connectorCredential, serverOf } from '../connections.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import type { ConnectMemory, ConnectSecret } from './connectMemory.ts'

/** What connecting needs of its surroundings. `open` null: there is no workspace yet. */
export type ConnectSession = {
  readonly open: WorkspaceSession | null
  readonly memory: ConnectMemory
  readonly environment: Environment
  readonly proxy: ProxyInUse
  readonly now: () => string
  readonly actor: string
}

export type EntraDraft = NonNullable<ConnectInput<'connect.test'>['entra']>
export type DirectoryDraft = NonNullable<ConnectInput<'connect.test'>['directory']>
export type ControllersDraft = Pick<DirectoryDraft, 'servers' | 'security' | 'caPem' | 'account'>

export function connectSessionOf(session: WorkspaceSession): ConnectSession {
  const { connectMemory: memory, environment, proxy, now, actor } = session
  return { open: session, memory, environment, proxy, now, actor }
}

/** Guests are what the connection is for; an open workspace may read others. */
const usualFilter = "userType eq 'Guest'"
/** Enough to see that guests come. */
const fewGuests = 10

export async function entraConnectionOf(session: ConnectSession, draft: string, entra: EntraDraft): Promise<Result<EntraConnection, Problem>> {
  const endpoints = endpointsOf(entra)
  if (!endpoints.ok) return endpoints
  const credential = await credentialOf(session, draft, entra.credential)
  if (!credential.ok) return credential
  const { tenantId, clientId, caPem } = entra
  return succeed({ ...endpoints.value, tenantId: tenantId.toLowerCase(), clientId, caPem, credential: credential.value, filter: session.open?.configuration.entra.filter ?? usualFilter, pageSize: fewGuests })
}

export async function directoryConnectionOf(session: ConnectSession, draft: string, { servers, security, caPem, account }: ControllersDraft): Promise<Result<DirectoryConnection, Problem>> {
  const password = readDirectoryPassword(await environmentOf(session, draft, 'directory'))
  return password.ok ? succeed({ servers: servers.map(serverOf), security, caPem, account, password: password.value, managedOus: [] }) : password
}

export function endpointsOf({ cloud, graphUrl, signInUrl }: Pick<EntraDraft, 'cloud' | 'graphUrl' | 'signInUrl'>): Result<CloudEndpoints, Problem> {
  if (cloud !== 'custom') return succeed(cloudEndpoints({ cloud }))
  if (graphUrl !== null && signInUrl !== null) return succeed(cloudEndpoints({ cloud, graphUrl, signInUrl }))
  return fail({ kind: 'usage', message: 'A custom cloud needs the addresses of its Graph and of its sign-in.', remedy: 'Give both as https URLs without path, or choose one of the clouds of Microsoft.' })
}

/** The secret of the draft; where it has none, that of the open workspace. */
export async function environmentOf(session: ConnectSession, draft: string, name: ConnectSecret): Promise<Environment> {
  const typed = session.memory.draft(draft).secrets.get(name)
  return typed === undefined ? configuredEnvironmentOf(session, name) : { ...session.environment, [knownSecrets[name].variable]: typed }
}

/** With the secret of the open workspace, whatever the draft was told. */
async function configuredEnvironmentOf({ open, environment }: ConnectSession, name: ConnectSecret): Promise<Environment> {
  return open === null || open.configuration.purpose === 'lab' ? environment : fillFromKeychain(environment, open.configuration.id, [name])
}

async function credentialOf(session: ConnectSession, draft: string, credential: EntraDraft['credential']): Promise<Result<EntraCredential, Problem>> {
  switch (credential.kind) {
    case 'secret': {
      const read = await readEntraCredential(await environmentOf(session, draft, 'entra'), { kind: 'secret' }, session.open?.folder ?? '')
      return read.ok ? succeed(connectorCredential(read.value, null)) : read
    }
    case 'person': {
      const { secrets } = session.memory.draft(draft)
      const refreshToken = secrets.get('entra')
      return refreshToken === undefined ? fail(nobodySignedIn) : succeed(heldCredential(secrets, refreshToken))
    }
    case 'certificate': {
      const { certificate } = session.memory.draft(draft)
      return certificate === null ? fail(noCertificate) : succeed({ kind: 'certificate', ...certificate.keys })
    }
    case 'unchanged': {
      if (session.open === null) return fail(nothingOpen)
      const { folder, configuration } = session.open
      const read = await readEntraCredential(await configuredEnvironmentOf(session, 'entra'), configuration.entra.credential, folder)
      return read.ok ? succeed(connectorCredential(read.value, configuration.id)) : read
    }
  }
}

/** Trying it out already renews the sign-in: what is saved is the last one. */
function heldCredential(secrets: Map<ConnectSecret, string>, refreshToken: string): EntraCredential {
  return { kind: 'person', refreshToken: () => secrets.get('entra') ?? refreshToken, keep: async (next) => void secrets.set('entra', next) }
}

const nobodySignedIn: Problem = { kind: 'usage', message: 'Nobody has signed in for this set-up.', remedy: 'Sign in, and try again.' }
const noCertificate: Problem = { kind: 'usage', message: 'No certificate was made or brought for this set-up.', remedy: 'Make one, or bring one with its private key, and try again.' }
export const nothingOpen: Problem = { kind: 'usage', message: 'No workspace is open whose settings could be used.', remedy: 'Name a folder for a new workspace.' }
