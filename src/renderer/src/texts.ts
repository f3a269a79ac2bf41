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
  list: { empty: 'Nothing is here.', loading: 'Loading…', rows: (count: number) => `${number.format(count)} rows` },
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
