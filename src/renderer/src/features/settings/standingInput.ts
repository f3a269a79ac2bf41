import { changeKinds, type ChangeKind } from '../../../../shared/domain/change.ts'

const most = 100_000

/** What was typed as limits, kind by kind; kinds that are empty or 0 are left out, `faults` are no whole numbers or too high. */
export function readLimits(typed: Readonly<Partial<Record<ChangeKind, string>>>): { readonly limits: Readonly<Partial<Record<ChangeKind, number>>>; readonly faults: readonly ChangeKind[] } {
  const texts = changeKinds.map((kind) => [kind, (typed[kind] ?? '').trim()] as const)
  const isLimit = (text: string): boolean => /^\d+$/.test(text) && Number(text) <= most
  return {
    faults: texts.flatMap(([kind, text]) => (text === '' || isLimit(text) ? [] : [kind])),
    limits: Object.fromEntries(texts.flatMap(([kind, text]) => (isLimit(text) && Number(text) > 0 ? [[kind, Number(text)]] : []))),
  }
}

/** The last second of a day of this computer's calendar, as ISO 8601 in UTC; null: that is no date. */
export function endOfDay(day: string): string | null {
  const end = new Date(`${day}T23:59:59`)
  return Number.isNaN(end.getTime()) ? null : end.toISOString()
}
