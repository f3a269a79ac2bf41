import type { ConnectInput, PresentedCertificates } from '../../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import { knownSecrets } from '../../../workspace/knownSecrets.ts'
import type { SetUp } from './connectOptions.ts'
import { readAuthorityFile } from './readAuthorityFile.ts'

export type DomainAnswers = Pick<NonNullable<ConnectInput<'connect.test'>['directory']>, 'servers' | 'security' | 'caPem' | 'account'>

/** Domain controllers, whom to trust, and our account with its password. */
export async function askDomain(setUp: SetUp): Promise<Result<DomainAnswers, Problem>> {
  const { dialogue, options, shown, call, draft, context } = setUp
  dialogue.say('Domain')
  const servers = await askServers(setUp)
  if (!servers.ok) return servers
  const security = servers.value.every((server) => server.toLowerCase().startsWith('ldap://')) ? 'startTls' : 'ldaps'
  const caPem = await askTrust(setUp, servers.value, security)
  if (!caPem.ok) return caPem
  const account = await dialogue.ask({ text: 'Our account in the domain (name@domain)', flag: '--account', given: options.account, fallback: shown.directory?.account ?? null })
  if (!account.ok) return account
  const { variable } = knownSecrets.directory
  const source = shown.secrets.find(({ name }) => name === 'directory')?.source ?? 'missing'
  const isKept = source !== 'missing' && account.value === shown.directory?.account
  const password = isKept && !dialogue.isInteractive ? succeed('') : await dialogue.askSecret(`Its password${isKept ? ' (empty: the one that is kept)' : ''}`, variable, context.environment[variable])
  if (!password.ok) return password
  if (password.value !== '') {
    const held = await call('connect.keepSecret', { draft, name: 'directory', secret: password.value })
    if (!held.ok) return held
  }
  return succeed({ servers: [...servers.value], security, caPem: caPem.value, account: account.value })
}

async function askServers(setUp: SetUp): Promise<Result<readonly string[], Problem>> {
  const { dialogue, options, shown, call, context } = setUp
  if (options.server !== undefined) return succeed(options.server)
  const present = shown.directory?.servers ?? null
  for (let given = options.domain; ; given = undefined) {
    const text = present === null ? 'Domain whose controllers are looked up in DNS (contoso.com), or addresses (ldaps://dc1.contoso.com …)' : 'Domain to look up in DNS, or addresses of domain controllers'
    const answer = await dialogue.ask({ text, flag: '--server or --domain', given, fallback: present === null ? null : present.join(' ') })
    if (!answer.ok) return answer
    if (/^ldaps?:/i.test(answer.value)) return succeed(answer.value.split(/\s+/))
    const found = await call('connect.findControllers', { domain: answer.value })
    if (found.ok) {
      const scheme = options.startTls === true ? 'ldap' : 'ldaps'
      const urls = found.value.controllers.map(({ host }) => `${scheme}://${host}`)
      dialogue.say(`  found: ${urls.join(' ')}`)
      return succeed(urls)
    }
    if (!dialogue.isInteractive || given !== undefined) return found
    context.output.problem(found.problem)
  }
}

/** Null: this computer trusts the controllers already. */
async function askTrust(setUp: SetUp, servers: readonly string[], security: 'ldaps' | 'startTls'): Promise<Result<string | null, Problem>> {
  const { options, shown, call, dialogue, context } = setUp
  if (options.adCa !== undefined) return readAuthorityFile(context, options.adCa)
  const present = shown.directory
  if (present?.caPem !== undefined && present.caPem !== null && options.fingerprint === undefined && servers.join(' ') === present.servers.join(' ')) return succeed(present.caPem)
  let problem: Problem | null = null
  for (const server of servers) {
    const presented = await call('connect.fetchCertificate', { server, security })
    if (presented.ok) return presented.value.untrusted === null ? succeed(null) : confirmTrust(setUp, server, presented.value)
    problem = presented.problem
    if (dialogue.isInteractive) context.output.problem(presented.problem)
  }
  return fail(problem ?? { kind: 'usage', message: 'No domain controller is named.', remedy: 'Give --server or --domain.' })
}

async function confirmTrust(setUp: SetUp, server: string, { chain, pin, untrusted }: PresentedCertificates): Promise<Result<string | null, Problem>> {
  const { dialogue, options } = setUp
  dialogue.say(`  ${server} presents a certificate that this computer does not trust:`)
  for (const { subject, issuer, names, validFrom, validTo, fingerprint } of chain) {
    dialogue.say(`    ${subject}${names === '' ? '' : ` (${names})`}`)
    dialogue.say(`      issued by ${issuer}, valid from ${validFrom.slice(0, 10)} to ${validTo.slice(0, 10)}`)
    dialogue.say(`      SHA-256 ${fingerprint}`)
  }
  if (pin.kind === 'nothing') {
    dialogue.say(`  ${pin.why}`)
    const file = await dialogue.ask({ text: 'File with the certificate authority (PEM)', flag: '--ad-ca', given: undefined, fallback: null })
    return file.ok ? readAuthorityFile(setUp.context, file.value) : file
  }
  const { fingerprint, subject } = pin.certificate
  if (options.fingerprint !== undefined) {
    const isTheOne = options.fingerprint.replaceAll(':', '').toUpperCase() === fingerprint.replaceAll(':', '')
    return isTheOne ? succeed(pin.pem) : fail({ kind: 'certificateNotTrusted', message: `${server} presents ${subject} with the fingerprint ${fingerprint}, not the one that was given.`, remedy: 'Find out why before you go on: somebody may stand between this computer and the domain controller.' })
  }
  if (!dialogue.isInteractive) return fail({ ...(untrusted ?? noTrust), remedy: `Give the authority with --ad-ca FILE; or compare ${fingerprint} with that of ${subject}, and give it with --fingerprint.` })
  dialogue.say(pin.kind === 'selfSigned'
    ? '  The controller has signed its certificate itself: when it is renewed, it has to be trusted anew.'
    : `  Compare the last fingerprint with that of your authority: an administrator reads it on the authority itself.`)
  const isTrusted = await dialogue.confirm(`Trust ${subject}, and nothing else?`, '--fingerprint', false)
  if (!isTrusted.ok) return isTrusted
  return isTrusted.value ? succeed(pin.pem) : fail(noTrust)
}

const noTrust: Problem = { kind: 'certificateNotTrusted', message: 'The domain controller was not trusted, so nothing was sent to it.', remedy: 'Give the file of the authority that issued its certificate: --ad-ca FILE.' }
