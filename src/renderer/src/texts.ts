/** Every word of the window stands here, so that it can be translated in one place. Functions take what varies. */
const number = new Intl.NumberFormat()

export const texts = {
  application: 'Guestbridge',
  screens: {
    overview: 'Overview', guests: 'Guests', changes: 'Changes', metaverse: 'Metaverse', preview: 'Preview', runs: 'Runs', rules: 'Rules', audit: 'Audit', settings: 'Settings',
  },
  lab: (domain: string) => `LAB · ${domain} · nothing here is real`,
  goTo: 'Go to…',
  navigation: 'Screens',
  activity: {
    label: 'What runs now',
    idle: 'Nothing runs.',
    cancel: 'Cancel',
    cancelling: 'Being cancelled…',
    of: (done: number, total: number) => `${number.format(done)} of ${number.format(total)}`,
    count: (done: number) => number.format(done),
    done: (what: string) => `${what}: done`,
    failed: (what: string) => `${what}: failed`,
  },
  service: {
    opening: 'Opening the workspace…',
    gone: 'The service of Guestbridge has ended. What you typed is still here.',
    restart: 'Connect again',
    refused: 'Guestbridge cannot be opened here',
  },
  problem: { remedy: 'What to do', details: 'Details', copy: 'Copy details', copied: 'Copied' },
  list: {
    empty: 'Nothing is here.', loading: 'Loading…', rows: (count: number) => `${number.format(count)} rows`, back: 'Back to the list', splitter: 'Width of the list', choose: 'Choose a row to see it here.',
  },
  facets: {
    label: 'Narrow down', clear: 'Clear',
    names: { kind: 'Kind', company: 'Company', attribute: 'Attribute', rule: 'Rule', reason: 'Reason', state: 'State' } as Readonly<Record<string, string>>,
    values: {
      update: 'change', guestWithoutAccount: 'guest without account', accountAdopted: 'account found', attributesDiffer: 'attributes differ', nameDiffers: 'name differs', guestLeft: 'guest left',
      guestReturned: 'guest returned', graceIsOver: 'grace is over', accountRestored: 'account restored', undone: 'undone', hasAccount: 'has account', willGetAccount: 'will get one', willChange: 'will change',
      outOfScope: 'out of scope', pendingInvitation: 'pending invitation', notSynchronized: 'not synchronised',
    } as Readonly<Record<string, string>>,
  },
  changes: {
    title: 'Changes to Active Directory',
    about: (run: number, at: string) => `planned ${formatAgo(at, Date.now())} by run ${run}`,
    search: 'Search in names, companies and reasons',
    empty: 'Nothing waits for approval. Run the cycle on Overview to look for changes.',
    detail: 'The selected change', differences: 'Differences', attribute: 'Attribute', inDirectory: 'In the directory', willBe: 'Will be',
    goneMeanwhile: 'This change is no longer pending: it was written, or a later synchronisation does not want it any more.',
    because: (reason: string, rule: string) => `Because ${reason} (rule ${rule}).`, why: 'Why?',
    from: (source: string, connector: string | null) => (connector === null ? `from ${source}` : `${connector === 'entra' ? 'Entra' : 'Active Directory'}, ${source}`),
    generated: 'generated at the export', unchanged: (count: number) => `${number.format(count)} unchanged`, attributes: (count: number) => (count === 1 ? '1 attribute' : `${number.format(count)} attributes`),
    undo: (what: string) => `undo: ${what}`,
    sid: { kept: '✓ same account, same SID: access is kept', new: 'new account, new SID', lost: 'the SID is lost, and access with it' },
    exclude: 'Exclude…', excludeTitle: (who: string) => `Leave ${who} as it is`, excludeNote: 'Why? The note is shown in every plan until the exclusion is released.',
    nothing: 'Nothing to change: the directory is as the rules want it.', sentence: (parts: string, total: number) => `${parts}: ${number.format(total)} ${total === 1 ? 'change' : 'changes'}.`,
    hash: (hash: string) => `plan ${hash}`,
    groups: { disableAndDelete: 'Disable and delete', renameMoveAndUserPrincipalName: 'Rename, move and UPN', updateAdoptAndEnable: 'Change, adopt and enable', create: 'Create' },
    share: (group: string, planned: number, limit: number) => `${group}  ${number.format(planned)} of ${number.format(limit)}`,
    blocked: (group: string, { planned, limit, unit, managedAccounts }: { planned: number; limit: number; unit: string; managedAccounts: number }) => (unit === 'count'
      ? `${group}: ${number.format(planned)} in this plan and the last 24 hours, the limit is ${number.format(limit)}.`
      : `${group}: ${number.format(planned)} are more than ${limit} % of ${number.format(managedAccounts)} managed accounts.`),
    lift: (group: string, { planned }: { planned: number }) => `Lift the limit for “${group}” (${number.format(planned)}) for this plan`, liftNote: 'Why the limit is lifted (kept in the audit trail)',
    approve: (count: string) => `Approve ${count} changes…`, approveTitle: 'Write these changes to Active Directory?', notNow: 'Not now', write: 'Approve and write',
    blockedTitle: 'Nothing was written', confirmed: (confirmed: number, of: number) => `Confirmed ${number.format(confirmed)} of ${number.format(of)} by reading again`,
    timesCause: (count: number) => `${number.format(count)} times, for example:`, seeRun: 'See the run', close: 'Close',
  },
} as const

export function formatNumber(value: number): string {
  return number.format(value)
}

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const steps = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]] as const

/** "2 hours ago"; the exact time belongs into the title of the element. */
export function formatAgo(instant: string, now: number): string {
  const distance = Date.parse(instant) - now
  for (const [unit, milliseconds] of steps) {
    if (Math.abs(distance) >= milliseconds) return relative.format(Math.round(distance / milliseconds), unit)
  }
  return relative.format(Math.round(distance / 1000), 'second')
}

export function formatInstant(instant: string): string {
  return exact.format(new Date(instant))
}
