/** What was expected when the change was planned and seen, beside what the directory has now. */
export type DriftVersions = { readonly name: string; readonly planned: string; readonly found: string }

const [plannedPrefix, foundPrefix] = ['planned ', 'found ']

/** Both versions as the detail of a problem, which is flat; "" is no value. */
export function writeDriftVersions(versions: readonly DriftVersions[]): Readonly<Record<string, string>> {
  return Object.fromEntries(versions.flatMap(({ name, planned, found }) => [[`${plannedPrefix}${name}`, planned], [`${foundPrefix}${name}`, found]]))
}

export function readDriftVersions(detail: Readonly<Record<string, string | number>>): readonly DriftVersions[] {
  return Object.entries(detail).flatMap(([key, planned]) => {
    if (!key.startsWith(plannedPrefix)) return []
    const name = key.slice(plannedPrefix.length)
    return [{ name, planned: String(planned), found: String(detail[`${foundPrefix}${name}`] ?? '') }]
  })
}
