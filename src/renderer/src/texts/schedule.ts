import type { ScheduleShown } from '../../../shared/api/unattendedCalls.ts'
import type { SecretShown } from '../../../shared/api/secretCalls.ts'
import { formatAgo, formatInstant, formatNumber } from '../texts.ts'

/** What the window says of cycles that nobody watches: when they run, what they may write, and what they need. */
export const scheduleTexts = {
  schedule: {
    title: 'Schedule', about: 'The system starts the cycle by itself: delta where possible, full when due. It writes to the directory only what a standing approval covers; everything else waits, and somebody is told.',
    on: 'Run the cycle by itself', every: 'Every', minutes: (minutes: number) => (minutes < 60 ? `${formatNumber(minutes)} minutes` : minutes === 60 ? 'hour' : `${formatNumber(minutes / 60)} hours`),
    account: 'As account', accountHint: 'Empty: as you. The account needs its own secrets, kept under that identity.', cycle: 'Cycle', by: 'Started by', next: 'Next run', noNext: 'not known to the system yet', change: 'Install with this interval', working: 'At work…',
    systems: { systemd: 'a systemd timer', taskScheduler: 'the Windows Task Scheduler', launchd: 'a launchd agent' } satisfies Record<ScheduleShown['system'], string>,
    files: (count: number) => `Files of the schedule (${formatNumber(count)})`, filesBefore: (count: number) => `Files that it would write (${formatNumber(count)})`, besides: 'What has to be done besides', refused: 'The system refused a step; what can be done by hand:', refusedStep: (step: string, why: string) => `${step}: ${why}`,
    running: (what: string, since: string) => `${what} runs in another process since ${formatAgo(since, Date.now())}`, unhealthy: 'What a monitor would be told', file: 'File',
  },
  standing: {
    title: 'Standing approval', about: 'Lets the scheduled cycle write by itself, within these limits and until this date, as long as rules and settings are those of now. Every plan that it lets through stands in the audit trail with its hash.',
    none: 'There is none: every plan waits for a person.', by: 'Given by', at: 'Given', until: 'Until', note: 'Why', limits: 'In a plan and the 24 hours before it', atMost: (count: number, kind: string) => `${kind}: at most ${formatNumber(count)}`,
    covers: 'It would let the present plan through, or nothing is planned.', uncovered: 'It would not let the present plan through:', ended: (until: string) => `It has ended on ${formatInstant(until)}.`,
    give: 'Give a standing approval…', giveAnew: 'Give it anew…', giveTitle: 'Let the scheduled cycle write by itself?', giveAbout: 'It is given in your name. It ends by itself when rules or settings change.',
    limitOf: (kind: string) => `At most, ${kind}`, limitHint: 'A whole number; empty or 0: none of this kind', untilDate: 'Until the end of', untilHint: 'At most a year ahead', noteLabel: 'Why? Kept in the audit trail.', now: 'Give it', withdraw: 'Withdraw…', withdrawTitle: 'Withdraw the standing approval?', withdrawAbout: 'From now on every plan waits for a person.', withdrawNow: 'Withdraw it', notNow: 'Not now',
    deletes: 'Deleting an account loses its SID, and with it every access that was granted to it.',
  },
  secrets: {
    title: 'Secrets', about: 'Kept in the keychain of this user for this workspace, never in a file, and never shown. A variable that is set for the process wins.', name: 'Secret', source: 'Now', variable: 'Variable',
    sources: { environment: 'from the environment', session: 'for this session only', keychain: 'kept in the keychain', missing: 'not there', notRead: 'the keychain did not answer' } satisfies Record<SecretShown['source'], string>,
    set: 'Keep…', replace: 'Replace…', remove: 'Remove…', setTitle: 'Keep a secret in the keychain', setAbout: 'It goes to the keychain and is not shown again, to nobody.', secret: 'Secret', keep: 'Keep it', notNow: 'Not now',
    removeTitle: 'Remove this secret from the keychain?', removeAbout: (what: string) => `Without the ${what}, whatever needs it fails until it is kept again or set in the environment.`, removeNow: 'Remove it', kept: (what: string) => `Kept: ${what}.`, removed: (what: string) => `Removed: ${what}.`,
  },
  overview: {
    scheduled: (next: string) => `next run ${formatAgo(next, Date.now())}, started by the schedule`, installed: 'the schedule starts it', none: 'nothing is scheduled', settings: 'Settings', writing: (what: string, since: string) => `${what} is running, begun ${formatAgo(since, Date.now())}`, elsewhere: (pid: number) => `In another process (${pid})`,
  },
} as const
