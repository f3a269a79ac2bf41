import { sameValues, valuesOf, type Attributes, type Value } from './attributes.ts'

/** A version of an object as the store kept it. `until`: the run that replaced or removed it; null: it is what is there now. */
export type KeptVersion = { readonly run: number; readonly until: number | null; readonly values: Attributes }

export type HistoryStep = {
  readonly run: number
  /** `came`: the first version that is kept, or the first after the object was gone. */
  readonly kind: 'came' | 'changed' | 'went'
  /** By name. Empty for a change of what is no value: who contributes, or what is joined. */
  readonly differences: readonly ValueDifference[]
}
export type ValueDifference = { readonly name: string; readonly before: readonly Value[]; readonly after: readonly Value[] }

/** What happened to an object, newest first, from its versions, oldest first. */
export function historyOf(versions: readonly KeptVersion[]): readonly HistoryStep[] {
  const steps = versions.flatMap((version, index): readonly HistoryStep[] => {
    const former = versions[index - 1]
    const isNext = former !== undefined && former.until === version.run
    const begun: HistoryStep = { run: version.run, kind: isNext ? 'changed' : 'came', differences: differencesOf(isNext ? former.values : {}, version.values) }
    const isReplaced = versions[index + 1]?.run === version.until
    return version.until === null || isReplaced ? [begun] : [begun, { run: version.until, kind: 'went', differences: differencesOf(version.values, {}) }]
  })
  return steps.toReversed()
}

/** Since which run each value of the last version is what it is; of versions, oldest first. */
export function valuesSince(versions: readonly KeptVersion[]): Readonly<Record<string, number>> {
  const last = versions.at(-1)
  if (last === undefined) return {}
  return Object.fromEntries(Object.keys(last.values).map((name) => {
    let since = last
    for (const version of versions.toReversed().slice(1)) {
      if (version.until !== since.run || !sameValues(valuesOf(version.values, name), valuesOf(last.values, name))) break
      since = version
    }
    return [name, since.run]
  }))
}

function differencesOf(before: Attributes, after: Attributes): readonly ValueDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return names.map((name) => ({ name, before: valuesOf(before, name), after: valuesOf(after, name) })).filter((difference) => !sameValues(difference.before, difference.after))
}
