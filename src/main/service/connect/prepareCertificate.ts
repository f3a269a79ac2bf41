import type { ConnectInput, PreparedCertificate } from '../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { describeCertificate } from '../../workspace/describeCertificate.ts'
import { checkKeychain } from '../../workspace/keychain.ts'
import type { KeyPair } from '../../workspace/keyPair.ts'
import { makeClientCertificate } from '../../workspace/makeClientCertificate.ts'
import { randomPassphrase, sealKeyPair } from '../../workspace/sealKeyPair.ts'
import { describeKeyPairFailure, readKeyPair } from '../../workspace/secrets.ts'
import type { ConnectSession } from './connectSession.ts'

/** Made here: the private key never leaves this computer, and leaves this memory encrypted only. */
export async function makeCertificate(session: ConnectSession, { draft, clientId, days, password }: ConnectInput<'connect.makeCertificate'>): Promise<Result<PreparedCertificate, Problem>> {
  const chosen = await choosePassword(password)
  if (!chosen.ok) return chosen
  const keys = await makeClientCertificate({ commonName: `Guestbridge ${clientId}`, days, now: Date.parse(session.now()) })
  return succeed(hold(session, draft, clientId, keys, chosen.value))
}

/** Whatever form it comes in (PEM or PKCS#12), it is kept in the one form that the workspace has. */
export async function bringCertificate(session: ConnectSession, { draft, clientId, content, filePassword, password }: ConnectInput<'connect.bringCertificate'>): Promise<Result<PreparedCertificate, Problem>> {
  const chosen = await choosePassword(password)
  if (!chosen.ok) return chosen
  const keys = await readKeyPair(Buffer.from(content, 'base64'), filePassword)
  if (!keys.ok) return fail({ ...describeKeyPairFailure('that was given', keys.problem), ...(isPasswordMatter(keys.problem) ? { remedy: 'Give the password that opens the file.' } : {}) })
  return succeed(hold(session, draft, clientId, keys.value, chosen.value))
}

function isPasswordMatter(failure: string): boolean {
  return failure === 'passwordMissing' || failure === 'passwordWrong'
}

/** A random one is of use only where it can be kept: without a keychain nobody would know it after this session. */
async function choosePassword(password: string | null): Promise<Result<string, Problem>> {
  if (password !== null) return succeed(password)
  const keychain = await checkKeychain()
  if (keychain === null) return succeed(randomPassphrase())
  return fail({ ...keychain, message: `${keychain.message} So a random password for the private key could not be kept.`, remedy: `Choose a password for the key file yourself, and keep it. Or: ${keychain.remedy}` })
}

function hold(session: ConnectSession, draft: string, clientId: string, keys: KeyPair, password: string): PreparedCertificate {
  const held = session.memory.draft(draft)
  held.certificate = { keys, password, sealedPem: sealKeyPair(keys, password) }
  return { certificatePem: keys.certificatePem, ...describeCertificate(keys.certificatePem), upload: uploadCommands(clientId) }
}

/** Certificates that are there already stay: az with --append, PowerShell by writing the list back with one more. */
function uploadCommands(clientId: string): PreparedCertificate['upload'] {
  return [
    { title: 'Azure CLI', language: 'shell', text: `az ad app credential reset --id ${clientId} --append --cert "@FILE"` },
    {
      title: 'Microsoft Graph PowerShell', language: 'powershell', text: [
        'Connect-MgGraph -Scopes Application.ReadWrite.All',
        `$application = Get-MgApplication -Filter "appId eq '${clientId}'"`,
        "$certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new((Resolve-Path 'FILE').Path)",
        "$credential = @{ Type = 'AsymmetricX509Cert'; Usage = 'Verify'; Key = $certificate.RawData; DisplayName = $certificate.Subject }",
        'Update-MgApplication -ApplicationId $application.Id -KeyCredentials (@($application.KeyCredentials) + $credential)',
      ].join('\n'),
    },
  ]
}
