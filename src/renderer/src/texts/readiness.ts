import type { ReadinessArea, ReadinessScript, ReadinessState, RemedyWrite } from '../../../shared/domain/readiness.ts'
import { formatAgo, formatNumber } from '../texts.ts'

/** What the screen says that tells whether tenant, domain and workspace are ready. */
export const readinessTexts = {
  about: (at: string) => `checked ${formatAgo(at, Date.now())}`,
  areas: { workspace: 'This workspace', tenant: 'Tenant in Entra', domain: 'Domain of the accounts', resourceDomain: 'Domain of connectors and applications' } satisfies Record<ReadinessArea, string>,
  counts: (counts: Readonly<Record<ReadinessState, number>>) => [
    ...(counts.failed > 0 ? [`${formatNumber(counts.failed)} failed`] : []), ...(counts.warning > 0 ? [`${formatNumber(counts.warning)} with a warning`] : []),
    ...(counts.notChecked > 0 ? [`${formatNumber(counts.notChecked)} not checked`] : []), `${formatNumber(counts.passed)} passed`,
  ].join(', '),
  empty: {
    title: 'Whether everything is in place', about: 'This screen tells what tenant, domain and this computer lack, why it matters, and what to do about it, with scripts to copy. The checks read both systems and write nothing.', check: 'Make all checks',
  },
  checkAll: 'Check all again', checking: 'Checking…', checkOne: 'Check again', checkOneOf: (title: string) => `Check again: ${title}`,
  trial: 'Also try the rights on an account', trialAbout: 'Makes an account in the guest OU, writes each attribute of the rules, and deletes it again.',
  onlyOpen: 'Only what is open', nothingOpen: 'Nothing is open here: everything that was checked has passed.',
  read: 'What was read', remedy: 'What to do', details: 'Details', detailsOf: (title: string) => `Details: ${title}`,
  languages: { powershell: 'PowerShell', shell: 'Shell', json: 'JSON', text: 'Steps', link: 'Link' } satisfies Record<ReadinessScript['language'], string>,
  copy: 'Copy', copyOf: (title: string) => `Copy: ${title}`, copied: 'Copied', copyRefused: 'The system refused to copy: select the text instead.',
  apply: {
    open: 'Apply from here…', openOf: (title: string) => `Apply from here… ${title}`, title: 'Apply this remedy?', reading: 'Working out what is to be written…', nothing: 'Nothing is left to write. Check again.',
    about: (domain: string, count: number) => `Exactly this is written to ${domain}, in this order, and nothing else (${formatNumber(count)} ${count === 1 ? 'object' : 'objects'}):`,
    account: 'Account of an administrator', accountHint: 'user@domain or DN; its rights are used for this once', password: 'Password', passwordHint: 'Goes to the domain controller over the encrypted connection, once; kept nowhere',
    hash: (hash: string) => `Hash of what is written: ${hash}`, write: 'Write this', writing: 'Writing…', notNow: 'Not now',
    written: (state: string, message: string) => `Written, and checked again with our own account: ${state}. ${message}`,
    kinds: { organizationalUnit: 'Make the OU', ownership: 'Take ownership', rights: 'Grant rights' } satisfies Record<RemedyWrite['kind'], string>,
    owner: (owner: string) => `Its owner becomes ${owner}; without that its access list cannot be changed.`, to: (trustee: string) => `to ${trustee}`, sddl: 'As SDDL',
  },
} as const
