import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConnectInput, PreparedCertificate } from '../../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import { knownSecrets } from '../../../workspace/knownSecrets.ts'
import type { SetUp } from './connectOptions.ts'
import { readGivenFile } from './readGivenFile.ts'

type Credential = NonNullable<ConnectInput<'connect.test'>['entra']>['credential']

/** Names as `--credential` takes them. */
const kinds = [
  { value: 'make', label: 'a certificate that is made here (its private key never leaves this computer)' },
  { value: 'bring', label: 'a certificate that you have, with its private key (PEM or PKCS#12)' },
  { value: 'secret', label: 'a client secret' },
  { value: 'sign-in-browser', label: 'yourself: you sign in with the browser of this computer, and only what renews that is kept (for attended use)' },
  { value: 'sign-in', label: 'yourself, with a code that you enter in any browser (for attended use, where there is no browser here)' },
  { value: 'keep', label: 'the one that is configured now' },
] as const

type Application = Pick<NonNullable<ConnectInput<'connect.test'>['entra']>, 'cloud' | 'graphUrl' | 'signInUrl' | 'caPem' | 'tenantId' | 'clientId'>

export async function askCredential(setUp: SetUp, application: Application): Promise<Result<Credential, Problem>> {
  const { dialogue, options, shown } = setUp
  const offered = shown.entra === null || shown.workspace?.purpose === 'lab' ? kinds.filter(({ value }) => value !== 'keep') : kinds
  const given = options.credential ?? (options.certificate === undefined ? undefined : 'bring')
  const usual = offered.some(({ value }) => value === 'keep') ? 'keep' : 'make'
  const kind = await dialogue.choose({ text: 'How the application proves who it is', flag: '--credential', given }, offered, usual, (name) => offered.find(({ value }) => value === name)?.value ?? null)
  if (!kind.ok) return kind
  const { clientId } = application
  switch (kind.value) {
    case 'keep': return succeed({ kind: 'unchanged' })
    case 'secret': return askSecret(setUp)
    case 'make': return makeHere(setUp, clientId)
    case 'bring': return bring(setUp, clientId)
    case 'sign-in-browser': return signIn(setUp, application, 'browser')
    case 'sign-in': return signIn(setUp, application, 'code')
  }
}

const needs = {
  browser: 'The app registration needs the delegated permission User.Read.All, and http://localhost under "Mobile and desktop applications".',
  code: 'The app registration needs the delegated permission User.Read.All and "Allow public client flows".',
} as const

/** The address and the code are shown as progress is. */
async function signIn({ dialogue, call, draft }: SetUp, application: Application, how: ConnectInput<'connect.signIn'>['how']): Promise<Result<Credential, Problem>> {
  dialogue.say(needs[how])
  dialogue.say('Runs that nobody watches need a certificate: what renews a sign-in ends when Entra says so.')
  const signedIn = await call('connect.signIn', { draft, how, ...application })
  if (!signedIn.ok) return signedIn
  dialogue.say(`  Signed in${signedIn.value.account === null ? '' : ` as ${signedIn.value.account}`}.`)
  return succeed({ kind: 'person' })
}

async function askSecret({ dialogue, options, call, draft, context }: SetUp): Promise<Result<Credential, Problem>> {
  const { variable } = knownSecrets.entra
  const secret = await dialogue.askSecret('Client secret (its value, not its id)', variable, context.environment[variable])
  if (!secret.ok) return secret
  const held = await call('connect.keepSecret', { draft, name: 'entra', secret: secret.value })
  if (!held.ok) return held
  const expires = await dialogue.ask({ text: 'Day on which it ends (2027-01-31; empty: not known)', flag: '--secret-expires', given: options.secretExpires, fallback: '' })
  return expires.ok ? succeed({ kind: 'secret', expires: expires.value === '' ? null : expires.value }) : expires
}

async function makeHere(setUp: SetUp, clientId: string): Promise<Result<Credential, Problem>> {
  const { call, draft, options } = setUp
  const password = await choosePassword(setUp)
  if (!password.ok) return password
  const made = await call('connect.makeCertificate', { draft, clientId, password: password.value, ...(options.days === undefined ? {} : { days: Number(options.days) }) })
  return made.ok ? showUpload(setUp, made.value) : made
}

async function bring(setUp: SetUp, clientId: string): Promise<Result<Credential, Problem>> {
  const { call, draft, options, dialogue, context } = setUp
  const file = await dialogue.ask({ text: 'File with certificate and private key (PEM or PKCS#12)', flag: '--certificate', given: options.certificate, fallback: null })
  if (!file.ok) return file
  const content = await readGivenFile(context, file.value)
  if (!content.ok) return content
  const { variable } = knownSecrets.entra
  const filePassword = dialogue.isInteractive || (context.environment[variable] ?? '') !== '' ? await dialogue.askSecret('Password of the file (empty: none)', variable, context.environment[variable]) : succeed('')
  if (!filePassword.ok) return filePassword
  const password = await choosePassword(setUp)
  if (!password.ok) return password
  const brought = await call('connect.bringCertificate', { draft, clientId, content: content.value.toString('base64'), filePassword: filePassword.value, password: password.value })
  return brought.ok ? showUpload(setUp, brought.value) : brought
}

/** Null: a random one in the keychain. Without a keychain, the one that the person will give each time. */
async function choosePassword({ dialogue, shown, context }: SetUp): Promise<Result<string | null, Problem>> {
  if (shown.keychain === null) return succeed(null)
  dialogue.say('There is no keychain here, so choose a password that opens the key file; it will be asked of you.')
  const { variable } = knownSecrets.entra
  const password = await dialogue.askSecret('Password for the key file (8 characters or more)', variable, context.environment[variable])
  return password.ok && password.value.length < 8 ? fail({ kind: 'usage', message: 'The password for the key file is too short.', remedy: 'Choose 8 characters or more.' }) : password
}

/** The public part goes into a file, because that is what is uploaded. */
async function showUpload({ dialogue, context, options }: SetUp, { certificatePem, sha1, notAfter, upload }: PreparedCertificate): Promise<Result<Credential, Problem>> {
  await mkdir(context.workspace, { recursive: true, mode: 0o700 })
  const file = join(context.workspace, `entra-${sha1.slice(0, 8).toLowerCase()}.public.pem`)
  await writeFile(file, certificatePem)
  dialogue.say(`The certificate (thumbprint ${sha1}) is valid until ${notAfter.slice(0, 10)}. Its public part is in ${file}.`)
  dialogue.say('Upload it: App registrations, Certificates & secrets, Certificates, Upload certificate. Or')
  for (const { title, text } of upload) {
    dialogue.say(`  with ${title}:`)
    text.replaceAll('FILE', file).split('\n').forEach((line) => dialogue.say(`    ${line}`))
  }
  const uploaded = dialogue.isInteractive && options.uploaded !== true ? await dialogue.ask({ text: 'Press Enter when it is uploaded', flag: '--uploaded', given: undefined, fallback: '' }) : succeed('')
  return uploaded.ok ? succeed({ kind: 'certificate' }) : uploaded
}
