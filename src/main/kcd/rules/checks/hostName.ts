import { parseSpn } from '../../../../shared/domain/spn.ts'
import type { Outcome, Subjects } from '../check.ts'
import { found, passed, warned, whenRead } from '../outcome.ts'

/** 25: with a CNAME the proxy may ask for the SPN of the target instead. */
export function checkHostName({ application }: Subjects['application']): readonly Outcome[] {
  const host = hostOfSpn(application.spn)
  if (host === null) return []
  return whenRead(application.host, `The DNS entry of ${host}`, ({ kind, target }) => {
    const read = [`DNS ${host}`]
    if (kind === 'address') return [passed(`${host} has an address of its own${target === null ? '' : ` (${target})`}.`, read)]
    if (kind === 'alias') {
      return [warned({
        message: `${host} of ${application.name} is an alias (CNAME)${target === null ? '' : ` of ${target}`}: a ticket may be asked for the target's name.`,
        remedy: `Give ${host} an A record instead of the CNAME.`, read
      })]
    }
    return [found({ message: `${host} of ${application.name} is unknown to the DNS.`, remedy: `Add an A record for ${host}, or correct the SPN of ${application.name}.`, read })]
  })
}

/** 26: the connector opens the internal address and asks for a ticket of the SPN: both should mean one site. */
export function checkInternalUrl({ application }: Subjects['application']): readonly Outcome[] {
  if (application.internalUrl === null) return []
  const read = [`${application.name} internalUrl`, `${application.name} SPN`]
  const [address, service] = [hostOfAddress(application.internalUrl), hostOfSpn(application.spn)]
  if (address !== null && address === service) return [passed(`The internal address and the SPN of ${application.name} have one host.`, read)]
  return [found({
    message: `The internal address of ${application.name} (${application.internalUrl}) and its SPN (${application.spn}) have different hosts.`,
    remedy: `Align them, unless several names of one site are meant: the SPN has to be of the account that answers at ${application.internalUrl}.`, read
  })]
}

function hostOfSpn(spn: string): string | null {
  const parsed = parseSpn(spn)
  return parsed.ok ? parsed.value.host.toLowerCase() : null
}

/** RFC 3986 3.2: scheme, user, host, port; without the user and the port. */
function hostOfAddress(address: string): string | null {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]+\]|[^:/?#]+)/i.exec(address)?.[1]?.toLowerCase() ?? null
}
