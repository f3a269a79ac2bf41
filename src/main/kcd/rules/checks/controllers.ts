import type { ControllerFacts, DomainFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { failed, found, notChecked, passed, warned, whenRead } from '../outcome.ts'
import { enumerate } from '../wording.ts'

/** 27: a Kerberos server is named by DNS and answers; LDAPS is what Guestbridge itself speaks. */
export function checkControllersReachable({ domain }: Subjects['domain']): readonly Outcome[] {
  return [...judgeServers(domain), ...judgePort(domain, 'kerberos', 88), ...judgePort(domain, 'ldaps', 636)]
}

/** 28: Kerberos bears a difference of five minutes (MaxClockSkew). */
export function checkClocks({ domain }: Subjects['domain']): readonly Outcome[] {
  if (domain.controllers.length === 0) return [notChecked(`The clocks of ${domain.dnsName}`, 'none of its domain controllers was found')]
  return domain.controllers.flatMap(judgeClock)
}

function judgeServers(domain: DomainFacts): readonly Outcome[] {
  const record = `_kerberos._tcp.${domain.dnsName}`
  return whenRead(domain.kerberosServers, `The DNS record ${record}`, (servers) => {
    if (servers.length > 0) return [passed(`DNS names ${servers.length} Kerberos server${servers.length === 1 ? '' : 's'} of ${domain.dnsName}.`, [`SRV ${record}`])]
    return [found({ message: `DNS names no Kerberos server of ${domain.dnsName}.`, remedy: `Let the domain controllers of ${domain.dnsName} register their records (nltest /dsregdns), or use the DNS servers that have them.`, read: [`SRV ${record}`] })]
  })
}

/** One closed port of several controllers is a warning: others answer. */
function judgePort(domain: DomainFacts, service: 'kerberos' | 'ldaps', port: number): readonly Outcome[] {
  const controllers = domain.controllers
  const unread = controllers.flatMap(({ host, ports }) => {
    const reading = ports[service]
    return reading.kind === 'notRead' ? [notChecked(`Whether port ${port} of ${host} is open`, reading.why)] : []
  })
  const closed = controllers.filter(({ ports }) => isState(ports[service], 'closed'))
  const open = controllers.filter(({ ports }) => isState(ports[service], 'open'))
  const read = controllers.map(({ host }) => `${host}:${port}`)
  if (closed.length === 0) return open.length === 0 ? unread : [...unread, passed(`Port ${port} is open on ${enumerate(open.map(({ host }) => host))}.`, read)]
  const fault = {
    message: `Port ${port} (${service === 'kerberos' ? 'Kerberos' : 'LDAPS'}) cannot be reached on ${enumerate(closed.map(({ host }) => host))}.`,
    remedy: `Open TCP ${port} in the firewalls between here and ${domain.dnsName}, from the connectors as well.`, read
  }
  return [...unread, open.length > 0 ? warned(fault) : failed(fault)]
}

function isState(reading: ControllerFacts['ports']['kerberos'], state: 'open' | 'closed'): boolean {
  return reading.kind === 'read' && reading.value === state
}

function judgeClock({ host, skew }: ControllerFacts): readonly Outcome[] {
  return whenRead(skew, `The clock of ${host}`, (seconds) => {
    const read = [`rootDSE of ${host} currentTime`]
    const distance = Math.abs(seconds)
    if (distance <= 120) return [passed(`The clock of ${host} is right within two minutes.`, read)]
    const fault = {
      message: `The clock of ${host} is ${Math.round(distance)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} this machine's; Kerberos bears 300.`,
      remedy: `Set the time service right on ${host}, or here: w32tm /query /status shows which is wrong.`, read
    }
    return [distance > 300 ? found(fault) : warned(fault)]
  })
}
