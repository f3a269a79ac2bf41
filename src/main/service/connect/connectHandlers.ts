import type { CallOptions } from '../../../shared/api/contract.ts'
import { connectInputs, type ConnectCallName, type ConnectInput, type ConnectOutputs } from '../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { ConnectSession } from './connectSession.ts'
import { browseDirectory, fetchCertificate, findControllers, findTenant } from './findInNetwork.ts'
import { bringCertificate, makeCertificate } from './prepareCertificate.ts'
import { saveConnection } from './saveConnection.ts'
import { showConnection } from './showConnection.ts'
import { signIn } from './signIn.ts'
import { testConnection } from './testConnection.ts'

type Handlers = { readonly [Name in ConnectCallName]: (session: ConnectSession, input: ConnectInput<Name>, options: CallOptions) => Promise<Result<ConnectOutputs[Name], Problem>> }

export const connectHandlers: Handlers = {
  'connect.show': showConnection,
  'connect.findTenant': findTenant,
  'connect.keepSecret': async ({ memory }, { draft, name, secret }) => {
    memory.draft(draft).secrets.set(name, secret)
    return succeed({ isHeld: true })
  },
  'connect.signIn': signIn,
  'connect.makeCertificate': makeCertificate,
  'connect.bringCertificate': bringCertificate,
  'connect.findControllers': findControllers,
  'connect.fetchCertificate': fetchCertificate,
  'connect.browse': browseDirectory,
  'connect.test': testConnection,
  'connect.save': saveConnection,
}

/** The same calls where there is no workspace yet: input is parsed by the same schemas. */
export async function callConnect<Name extends ConnectCallName>(session: ConnectSession, name: Name, raw: unknown, options: CallOptions): Promise<Result<ConnectOutputs[Name], Problem>> {
  const parsed = connectInputs[name].safeParse(raw)
  if (parsed.success) return connectHandlers[name](session, parsed.data as ConnectInput<Name>, options)
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
  return fail({ kind: 'usage', message: `"${name}" was asked with input that it does not take: ${issues.join('; ')}.`, remedy: 'Correct the value that is named.' })
}
