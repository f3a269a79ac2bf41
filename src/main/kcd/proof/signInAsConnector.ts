import type { KerberosTools } from './kerberosTools.ts'
import type { ProofRequest } from './proofRequest.ts'
import { explainSilence, notProven, type Stepped } from './proofSteps.ts'
import { explainRefusal } from './refusals.ts'
import { parseKeytabList, parseTicketList, unescapePrincipal } from './ticketList.ts'

export type SignedIn = { readonly principal: string; readonly isForwardable: boolean }

/** A ticket-granting ticket as the connector; forwardable, because what is asked for with it cannot be more than it is. */
export async function signInAsConnector(request: ProofRequest, kerberos: KerberosTools): Promise<Stepped<SignedIn>> {
  const principal = await findPrincipal(request, kerberos)
  if (principal.kind === 'ended') return principal
  const { credential } = request
  const way = credential.kind === 'keytab'
    ? { args: ['-f', '-k', '-t', `FILE:${credential.file}`, '--', principal.value], input: '' }
    // kinit reads from standard input where there is no terminal.
    : { args: ['-f', '--', principal.value], input: `${credential.password}\n` }
  const answer = await kerberos.run('kinit', way.args, { input: way.input })
  if (answer.kind !== 'ended') return { kind: 'ended', result: explainSilence(answer.kind) }
  if (!answer.succeeded) return { kind: 'ended', result: explainRefusal('signIn', answer.stderr) }
  return readOwnTicket(kerberos)
}

async function readOwnTicket(kerberos: KerberosTools): Promise<Stepped<SignedIn>> {
  const listed = await kerberos.run('klist', ['-f'])
  if (listed.kind !== 'ended') return { kind: 'ended', result: explainSilence(listed.kind) }
  const list = parseTicketList(listed.stdout)
  const ticket = list?.tickets[0]
  if (list === null || ticket === undefined) return { kind: 'ended', result: notProven(`klist shows no ticket where kinit has put one: ${listed.stdout}${listed.stderr}`, 'Update MIT Kerberos (krb5-user) on this machine.') }
  return { kind: 'went', value: { principal: list.principal, isForwardable: ticket.flags.includes('F') } }
}

async function findPrincipal({ connector, realms, credential }: ProofRequest, kerberos: KerberosTools): Promise<Stepped<string>> {
  const realm = realms[0]?.domain.toUpperCase() ?? ''
  if (credential.kind === 'password') {
    if (connector.accountName === null) return { kind: 'ended', result: notProven('Whose password it is is not known.', 'Name the connector, or give its keytab.') }
    if (/[\r\n]/.test(credential.password)) return { kind: 'ended', result: notProven('The password has a line break in it.', 'Keep it again: guestbridge secrets set proxy.') }
    return { kind: 'went', value: `${connector.accountName}@${realm}` }
  }
  const listed = await kerberos.run('klist', ['-k', `FILE:${credential.file}`])
  if (listed.kind !== 'ended') return { kind: 'ended', result: explainSilence(listed.kind) }
  if (!listed.succeeded) return { kind: 'ended', result: explainRefusal('signIn', listed.stderr) }
  return choosePrincipal(parseKeytabList(listed.stdout), connector.accountName, realm, credential.file)
}

/**
 * The account's own name, in the spelling of the keytab, where the key's salt may depend on it. A keytab also has the SPNs of the
 * account, by which nobody signs in.
 */
function choosePrincipal(principals: readonly string[], accountName: string | null, realm: string, file: string): Stepped<string> {
  const wanted = accountName === null ? null : unescapePrincipal(`${accountName}@${realm}`).toLowerCase()
  const fits = (principal: string): boolean => (wanted === null ? !principal.includes('/') && principal.endsWith(`@${realm}`) : principal.toLowerCase() === wanted)
  const found = principals.find(fits)
  if (found !== undefined) return { kind: 'went', value: found }
  const has = principals.length === 0 ? 'nobody' : principals.join(', ')
  return { kind: 'ended', result: { ...explainRefusal('signIn', `Keytab contains no suitable keys for ${accountName ?? `an account of ${realm}`}`), text: `The keytab ${file} is for ${has}, not for ${accountName ?? `an account of ${realm}`}.` } }
}
