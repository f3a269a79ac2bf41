/**
 * Service classes that the directory takes for another one when nobody is registered for them (MS-ADTS 5.1.1.1.2, sPNMappings of CN=Directory Service):
 * `host=alerter,…,http,…,www`. Keys and values in lower case.
 */
export function parseSpnMappings(values: readonly string[]): ReadonlyMap<string, string> {
  const mappings = new Map<string, string>()
  for (const value of values) {
    const [target, aliases] = value.toLowerCase().split('=', 2)
    if (target === undefined || aliases === undefined) continue
    for (const alias of aliases.split(',')) mappings.set(alias.trim(), target.trim())
  }
  return mappings
}

/** The SPN under which another registration covers this one: `HTTP/a` → `host/a`; null where there is none. */
export function aliasOf(spn: string, mappings: ReadonlyMap<string, string>): string | null {
  const slash = spn.indexOf('/')
  const target = slash < 1 ? undefined : mappings.get(spn.slice(0, slash).toLowerCase())
  return target === undefined ? null : `${target}${spn.slice(slash)}`
}
