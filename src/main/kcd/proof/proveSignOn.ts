import type { ProofOutcome } from '../../../shared/domain/delegation.ts'
import { askSite, type SiteOutcome } from './askSite.ts'
import { isHostName } from './kerberosConfiguration.ts'
import { prepareKerberosTools, type KerberosTools } from './kerberosTools.ts'
import type { ProofRequest, ProofTools } from './proofRequest.ts'
import { explainSilence, installHint, notProven, type ProofResult, type Stepped } from './proofSteps.ts'
import { explainRefusal, refineRefusal, type Forwardable, type ProofStep } from './refusals.ts'
import { signInAsConnector, type SignedIn } from './signInAsConnector.ts'
import { parseTicketList, type Ticket } from './ticketList.ts'
import { withTicketFolder } from './ticketFolder.ts'

/**
 * Proves with the KDC's own answer that the connector gets a ticket in the guest's name for the application: S4U2Self, then
 * S4U2Proxy (MS-SFU), by MIT's kinit and kvno. With a site, the ticket is shown to it. Tickets and configuration lie in a
 * folder that is removed in every case. Where no proof is possible the result is `notProven` and why.
 */
export async function proveSignOn(request: ProofRequest, tools: ProofTools, signal: AbortSignal): Promise<ProofOutcome> {
  const at = tools.now()
  const malformed = findMalformed(request)
  const { result, controller, connector } = malformed !== null
    ? { result: malformed, controller: null, connector: request.connector.name }
    : await withTicketFolder(tools.temporaryFolder, async (folder) => {
      const kerberos = await prepareKerberosTools(folder, request.realms, hostOf(request.application.spn), tools, signal)
      const proved = await prove(request, kerberos, tools)
      return { ...proved, controller: await kerberos.findController() }
    })
  return { application: request.application.id, guest: request.guest.entraId, connector, at, controller, result }
}

async function prove(request: ProofRequest, kerberos: KerberosTools, tools: ProofTools): Promise<{ readonly result: ProofResult; readonly connector: string | null }> {
  const unusable = await findUnusableTools(kerberos)
  if (unusable !== null) return { result: unusable, connector: request.connector.name }
  tools.report('signIn')
  const signedIn = await signInAsConnector(request, kerberos)
  if (signedIn.kind === 'ended') return { result: signedIn.result, connector: request.connector.name }
  return { result: await proveAs(signedIn.value, request, kerberos, tools), connector: request.connector.name ?? nameOf(signedIn.value.principal) }
}

async function proveAs(connector: SignedIn, request: ProofRequest, kerberos: KerberosTools, tools: ProofTools): Promise<ProofResult> {
  tools.report('guest')
  const self = await askForGuest(request, connector.principal, kerberos)
  if (self.kind === 'ended') return self.result
  tools.report('service')
  const service = await askForService(request, { connector: connector.isForwardable, guest: self.value.flags.includes('F') }, kerberos)
  if (service.kind === 'ended') return service.result
  const { principal, ticket } = service.value
  if (principal === connector.principal) return explainRefusal('service', `The ticket is in the name of ${principal}, the connector itself.`)
  const site = await showToSite(request, principal, kerberos, tools)
  return {
    kind: 'ticket', principal, service: ticket.service, encryptionType: ticket.encryptionType ?? 'unknown', startsAt: ticket.startsAt, endsAt: ticket.endsAt,
    site: site.answer, ...(site.problem === null ? {} : { siteProblem: site.problem }),
  }
}

/** As people call a computer: `CONNECTOR1` of `CONNECTOR1$@CONTOSO.COM`. */
function nameOf(principal: string): string {
  return principal.replace(/@[^@]*$/, '').replace(/\$$/, '')
}

/** To the connector itself: whether the guest is known and may be spoken for at all. */
async function askForGuest({ guest }: ProofRequest, connector: string, kerberos: KerberosTools): Promise<Stepped<Ticket>> {
  const asked = await askForTicket('guest', ['-q', ...inTheNameOf(guest.identity), '--out-cache', kerberos.cacheName('self'), '--', escapePrincipal(connector)], kerberos)
  if (asked.kind === 'ended') return asked
  const listed = await listTickets('self', kerberos)
  return listed.kind === 'ended' ? listed : { kind: 'went', value: listed.value.ticket }
}

async function askForService({ guest, application }: ProofRequest, forwardable: Forwardable, kerberos: KerberosTools): Promise<Stepped<{ readonly principal: string; readonly ticket: Ticket }>> {
  const asked = await askForTicket('service', ['-q', ...inTheNameOf(guest.identity), '-P', '--out-cache', kerberos.cacheName('guest'), '--', escapePrincipal(application.spn)], kerberos)
  if (asked.kind === 'ended') return { kind: 'ended', result: asked.result.kind === 'refused' ? refineRefusal(asked.result, forwardable) : asked.result }
  return listTickets('guest', kerberos)
}

async function showToSite({ site, application, guest }: ProofRequest, principal: string, kerberos: KerberosTools, tools: ProofTools): Promise<SiteOutcome> {
  if (site === null) return { answer: null, problem: null }
  tools.report('site')
  const names = [guest.identity, principal, ...(guest.accountName === null ? [] : [guest.accountName])]
  return askSite(site, application.spn, names, kerberos)
}

async function askForTicket(step: ProofStep, args: readonly string[], kerberos: KerberosTools): Promise<Stepped<null>> {
  const answer = await kerberos.run('kvno', args)
  if (answer.kind !== 'ended') return { kind: 'ended', result: explainSilence(answer.kind) }
  return answer.succeeded ? { kind: 'went', value: null } : { kind: 'ended', result: explainRefusal(step, answer.stderr) }
}

async function listTickets(cache: 'self' | 'guest', kerberos: KerberosTools): Promise<Stepped<{ readonly principal: string; readonly ticket: Ticket }>> {
  const listed = await kerberos.run('klist', ['-e', '-f', '-c', kerberos.cacheName(cache)])
  if (listed.kind !== 'ended') return { kind: 'ended', result: explainSilence(listed.kind) }
  const list = parseTicketList(listed.stdout)
  const ticket = list?.tickets.at(-1)
  if (list === null || ticket === undefined) return { kind: 'ended', result: notProven(`klist shows no ticket where kvno has put one: ${listed.stdout}${listed.stderr}`, 'Update MIT Kerberos (krb5-user) on this machine.') }
  return { kind: 'went', value: { principal: list.principal, ticket } }
}

/** `kvno` can put tickets into a cache of their own from MIT krb5 1.19 on; its help says so. */
async function findUnusableTools(kerberos: KerberosTools): Promise<ProofResult | null> {
  const help = await kerberos.run('kvno', [])
  if (help.kind !== 'ended') return explainSilence(help.kind)
  const isNewEnough = `${help.stdout}${help.stderr}`.includes('--out-cache')
  return isNewEnough ? null : notProven('kvno on this machine is older than MIT krb5 1.19, or of another make.', installHint)
}

/** What would be taken for something else by krb5.conf or by the tools is not tried. */
function findMalformed({ realms, application, guest }: ProofRequest): ProofResult | null {
  const names = realms.flatMap(({ domain, controllers }) => [domain, ...controllers])
  const bad = names.find((name) => !isHostName(name))
  if (bad !== undefined) return notProven(`"${bad}" is neither a host name nor an address.`, 'Correct the servers in workspace.json.')
  if (/[\p{Cc}\s]/u.test(application.spn) || !application.spn.includes('/')) return notProven(`"${application.spn}" is not an SPN (check 17).`, 'Write class/host, such as HTTP/app.contoso.com, in the proxy and in workspace.json.')
  return /\p{Cc}/u.test(guest.identity) ? notProven('The name of the guest holds control characters.', 'Correct the userPrincipalName in Entra.') : null
}

/** kvno(1): -U for a userPrincipalName (an enterprise name), -I for a name of the realm. */
function inTheNameOf(identity: string): readonly string[] {
  return [identity.includes('@') ? '-U' : '-I', identity]
}

/** RFC 1964 2.1.1. Separators of name components stay: an SPN is made of them. */
function escapePrincipal(name: string): string {
  const [, local = name, realm = ''] = /^(.*?)(@[A-Z0-9.-]+)?$/s.exec(name) ?? []
  return local.replace(/[\\@]/g, '\\$&') + realm
}

function hostOf(spn: string): string | null {
  const host = /^[^/]+\/([^/:]+)/.exec(spn)?.[1]
  return host !== undefined && isHostName(host) ? host : null
}
