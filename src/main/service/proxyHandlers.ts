import type { CallOptions, Input, Outputs } from '../../shared/api/contract.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { createApplicationProxyReader } from '../connectors/graph/applicationProxy.ts'
import { signInAsPerson, type SignInPrompt } from '../connectors/graph/delegatedSignIn.ts'
import { keepProxy } from './keptProxy.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/**
 * A person signs in with any browser, and application proxy is read in that name and kept. The token lives in this call: it
 * is written nowhere, and reads nothing else.
 */
export async function readApplicationProxy(session: WorkspaceSession, _input: Input<'delegation.readProxy'>, options: CallOptions): Promise<Result<Outputs['delegation.readProxy'], Problem>> {
  if (session.configuration.delegation?.fromEntra !== true) {
    return fail({ kind: 'usage', message: 'This workspace does not take connectors and applications from Entra.', remedy: 'Set "fromEntra": true under "delegation" of workspace.json.' })
  }
  const connection = await session.signInTo()
  if (!connection.ok) return connection
  const show = (signIn: SignInPrompt): void => report(options, `open ${signIn.address} and enter the code ${signIn.code}`, signIn)
  const signedIn = await signInAsPerson(connection.value, show, options.signal)
  if (!signedIn.ok) return signedIn
  report(options, 'reading application proxy')
  const { text, account } = signedIn.value
  // A person is not asked again in the middle of a reading: a token that Graph refuses stays refused.
  const token = () => Promise.resolve(succeed(text))
  const reader = createApplicationProxyReader(connection.value, { current: token, replace: token })
  try {
    const read = await reader.read(options.signal)
    if (!read.ok) return read
    const readAt = session.now()
    await keepProxy(session.folder, { readAt, account, proxy: read.value })
    return succeed({ readAt, account, connectors: read.value.connectors.length, applications: read.value.applications.length })
  } finally {
    await reader.close()
  }
}

function report({ onProgress }: CallOptions, phase: string, signIn?: SignInPrompt): void {
  onProgress({ run: 0, step: null, connector: 'entra', phase, done: 0, total: null, ...(signIn === undefined ? {} : { signIn }) })
}
