import { formatNumber } from '../texts.ts'

export const historyTexts = {
  title: 'History',
  about: 'What happened to the person, the guest and the account, as far back as versions are kept.',
  of: { person: 'Person', entra: 'Guest in Entra', ad: 'Account in Active Directory' },
  kinds: { came: 'came', changed: 'changed', went: 'went' },
  entry: (of: string, kind: string) => `${of} ${kind}`,
  run: (step: string, run: number) => `${step}, run ${formatNumber(run)}`,
  expired: (run: number) => `run ${formatNumber(run)}, which is no longer kept`,
  since: (ago: string) => `since ${ago}`,
  noValues: 'All values stayed; who contributes them, or what is joined, is another.',
  values: (count: number) => (count === 1 ? '1 value' : `${formatNumber(count)} values`),
  differences: 'What changed', before: 'Before', after: 'After',
  all: (total: number) => `Show all ${formatNumber(total)} steps`,
  loading: 'The history is being read…',
} as const
