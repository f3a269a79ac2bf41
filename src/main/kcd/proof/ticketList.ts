export type Ticket = {
  readonly service: string
  /** ISO 8601 in UTC. */
  readonly startsAt: string
  readonly endsAt: string
  /** Of the ticket itself, not of its session key; null where it was not asked for. */
  readonly encryptionType: string | null
  /** klist(1): F forwardable, R renewable, I initial, A preauthenticated, T transit policy checked. */
  readonly flags: string
}

export type TicketList = { readonly principal: string; readonly tickets: readonly Ticket[] }

/** What `klist -e -f` of MIT prints with LC_ALL=C and TZ=UTC. Null: that is no list of tickets. */
export function parseTicketList(text: string): TicketList | null {
  const principal = /^Default principal: (.+)$/m.exec(text)?.[1]
  if (principal === undefined) return null
  const tickets: Ticket[] = []
  for (const line of text.split('\n')) {
    const [, starts, ends, service] = /^(\S+ \S+) {2}(\S+ \S+) {2}(\S.*)$/.exec(line) ?? []
    const [startsAt, endsAt] = [readTime(starts), readTime(ends)]
    if (service !== undefined && startsAt !== null && endsAt !== null) tickets.push({ service: unescapePrincipal(service), startsAt, endsAt, encryptionType: null, flags: '' })
    const last = tickets.at(-1)
    if (last !== undefined && line.startsWith('\t')) tickets[tickets.length - 1] = addDetails(last, line)
  }
  return { principal: unescapePrincipal(principal), tickets }
}

/** What `klist -k` prints: the principals of a keytab, each once. */
export function parseKeytabList(text: string): readonly string[] {
  const names = text.split('\n').flatMap((line) => {
    const name = /^ *\d+ (\S.*?)\s*$/.exec(line)?.[1]
    return name === undefined ? [] : [unescapePrincipal(name)]
  })
  return [...new Set(names)]
}

function addDetails(ticket: Ticket, line: string): Ticket {
  const flags = /Flags: (\w+)/.exec(line)?.[1]
  const encryptionType = /Etype \(skey, tkt\): [^,]+, (\S+)/.exec(line)?.[1]
  return { ...ticket, ...(flags === undefined ? {} : { flags }), ...(encryptionType === undefined ? {} : { encryptionType }) }
}

/** `11/23/26 21:40:55`: MIT's library writes years with two digits in the locale C. */
function readTime(text: string | undefined): string | null {
  const [, month, day, year, time] = /^(\d\d)\/(\d\d)\/(\d\d(?:\d\d)?) (\d\d:\d\d:\d\d)$/.exec(text ?? '') ?? []
  if (month === undefined || day === undefined || year === undefined || time === undefined) return null
  return `${year.length === 2 ? `20${year}` : year}-${month}-${day}T${time}Z`
}

/** RFC 1964 2.1.1: `\@` and `\/` are characters of a name component. */
export function unescapePrincipal(text: string): string {
  return text.replace(/\\(.)/g, '$1')
}
