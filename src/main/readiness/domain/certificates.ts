import type { ServerInspection } from '../../connectors/readinessPorts.ts'
import { failed, notChecked, passed, warned } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { DomainWorld } from './domainWorld.ts'

const day = 86_400_000
/** Days before its end from which a certificate is announced. */
const announced = 30

/** The way to each configured controller: reachable, encrypted, trusted, and for how long. Comes first, since everything else goes that way. */
export async function checkCertificates({ inspector, now }: DomainWorld, signal: AbortSignal): Promise<CheckAnswer> {
  const inspections = await inspector.inspectServers(signal)
  const read = inspections.map(describe)
  const judged = inspections.map((inspection) => judge(inspection, now))
  const worst = judged.find(({ state }) => state === 'failed') ?? judged.find(({ state }) => state === 'warning') ?? judged.find(({ state }) => state === 'notChecked')
  if (worst !== undefined) return { ...worst, read }
  return passed(`${inspections.length === 1 ? 'The domain controller has' : `All ${inspections.length} domain controllers have`} a certificate that is trusted, names the server, and lasts.`, { read })
}

function judge({ server, outcome }: ServerInspection, now: number): CheckAnswer {
  switch (outcome.kind) {
    case 'secured': return judgeExpiry(server, Date.parse(outcome.certificate.validTo), now)
    case 'notEncrypted': return failed(`${server} answers, but makes no encrypted connection: the domain controller has no certificate.`, noCertificateRemedy, { scripts: [enrolment] })
    case 'untrusted': return failed(outcome.problem.message, outcome.problem.remedy)
    case 'unreachable': return outcome.problem.kind === 'cancelled' ? notChecked(outcome.problem.message) : failed(outcome.problem.message, outcome.problem.remedy)
  }
}

function judgeExpiry(server: string, validTo: number, now: number): CheckAnswer {
  const days = Math.floor((validTo - now) / day)
  if (days >= announced) return passed('')
  return warned(
    `The certificate of ${server} ends in ${days} ${days === 1 ? 'day' : 'days'}, on ${new Date(validTo).toISOString().slice(0, 10)}.`,
    'Renew it on the domain controller (certlm.msc, Personal), or see why autoenrolment did not. Guestbridge refuses the connection once it has ended.',
  )
}

function describe({ server, outcome }: ServerInspection): string {
  if (outcome.kind !== 'secured') return `${server}: ${outcome.problem.message}${outcome.problem.detail?.['fingerprint'] === undefined ? '' : ` (SHA-256 ${outcome.problem.detail['fingerprint']})`}`
  const { certificate, root } = outcome
  return `${server}: ${root.controller}, certificate ${certificate.subject} of ${certificate.issuer} for ${certificate.names}, until ${certificate.validTo}, SHA-256 ${certificate.fingerprint}`
}

const noCertificateRemedy = 'Give it a certificate for server authentication that names the controller: with an enterprise authority (Active Directory Certificate Services) it enrols by itself, otherwise request one with certreq. No restart is needed.'

const enrolment = {
  title: 'Request a certificate on the domain controller', language: 'powershell' as const,
  text: [
    '# Run on the domain controller, as administrator. Asks the enterprise authority of the forest for a certificate of the template',
    '# "Domain Controller Authentication" and puts it where LDAPS finds it. Changes nothing else.',
    'Get-Certificate -Template DomainControllerAuthentication -CertStoreLocation Cert:\\LocalMachine\\My',
    '# LDAPS takes it up within minutes; look for event 1221 in the log "Directory Service".',
  ].join('\n'),
}
