/**
 * Which controller answered last, by the trace of MIT's library (KRB5_TRACE): `dc1.contoso.com (10.0.0.1)`, or the address
 * alone where no name was used. Null: nobody answered.
 */
export function findAnsweringController(trace: string): string | null {
  const names = new Map<string, string>()
  let name = ''
  let answered: string | null = null
  for (const line of trace.split('\n')) {
    name = /Resolving hostname (\S+?)\.?$/.exec(line)?.[1] ?? name
    const tried = /(?:Initiating TCP connection to|Sending initial UDP request to) \w+ (\S+):\d+$/.exec(line)?.[1]
    if (tried !== undefined) names.set(tried, name)
    answered = /Received answer \(\d+ bytes\) from \w+ (\S+):\d+$/.exec(line)?.[1] ?? answered
  }
  if (answered === null) return null
  const host = names.get(answered) ?? ''
  return host === '' || host === answered ? answered : `${host} (${answered})`
}
