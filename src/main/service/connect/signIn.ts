import type { CallOptions } from '../../../shared/api/contract.ts'
import type { ConnectInput, ConnectOutputs } from '../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { signInByBrowser } from '../../connectors/graph/browserSignIn.ts'
import { signInAsPerson } from '../../connectors/graph/delegatedSignIn.ts'
import { guestPermission } from '../../connectors/graph/personSignIn.ts'
import { endpointsOf, type ConnectSession } from './connectSession.ts'

/** What renews the sign-in is held as the secret of the draft; the access token ends here. */
export async function signIn({ memory }: ConnectSession, { draft, how, tenantId, clientId, caPem, ...cloud }: ConnectInput<'connect.signIn'>, { signal, onProgress }: CallOptions): Promise<Result<ConnectOutputs['connect.signIn'], Problem>> {
  const endpoints = endpointsOf(cloud)
  if (!endpoints.ok) return endpoints
  const connection = { ...endpoints.value, tenantId, clientId, caPem, permission: guestPermission }
  const show = (address: string, code: string | null): void => onProgress({
    run: 0, step: null, connector: 'entra', phase: code === null ? `open ${address}` : `open ${address} and enter the code ${code}`, done: 0, total: null, signIn: { address, code },
  })
  const signedIn = how === 'browser' ? await signInByBrowser(connection, (address) => show(address, null), signal) : await signInAsPerson(connection, ({ address, code }) => show(address, code), signal)
  if (!signedIn.ok) return signedIn
  const { refreshToken, account } = signedIn.value
  if (refreshToken === null) return fail(notRenewable)
  memory.draft(draft).secrets.set('entra', refreshToken)
  return succeed({ account })
}

const notRenewable: Problem = {
  kind: 'credentialsRefused', message: 'The sign-in worked, and Entra gave nothing to renew it with.',
  remedy: 'Let the app registration have the delegated permissions User.Read.All and offline_access, or use a certificate.',
}
