import type { Page } from 'playwright'
import { prepareLab } from '../test/fixtures/window.ts'
import { quantile, writeMeasurement, type Figure, type Measurement } from './measurement.ts'
import { fillBarePage } from './pages/barePage.ts'
import { searches } from './pages/searchCases.ts'
import { timeReaction, watchList, type Reaction } from './pages/timedPage.ts'
import { timeScrolling } from './pages/timedScrolling.ts'
import { endStart, timeBareStart, timeStart } from './pages/timedStart.ts'
import { addGuests } from './windowWorkspace.ts'

// How it feels in Chromium on 100,000 guests with a change each. The limits are what people do not notice; the reference of a
// row is the least that Chromium, Node and a plain page take for it in the same run.
const guests = 100_000
const [starts, openings] = [3, 10]
/** Milliseconds between two keys of somebody who types as fast as fingers go: twelve keys a second. */
const betweenKeys = 80
const explanations = {
  start: 'Chromium and Node take most of it by themselves; the rest is the store opened in two worker threads, and the page with its styles. The lists are read behind it.',
  rows: 'The plain page has everything in its memory and styles nothing. The first list that is opened after the start, or after a run, may still be being read: a second for 100,000 rows on a quiet machine.',
  search: 'Nothing is waited for before a key is answered. Of the time the service takes 1 to 6 ms (the search goes on from the narrowest former one; counts of all facets), 4 ms go into the way there and back through the host, 2 into the drawing of the key and 4 into that of the rows; the rest is Chromium’s own threads, which share the cores. The plain page asks nobody, has no counts and draws no states.',
} as const
const lists = { guests: '#guests-table', metaverse: '#metaverse-table', bare: '#list' } as const

type Pair = { readonly measured: number; readonly reference: number }

const lab = await prepareLab('planned')
await addGuests(lab.workspace, guests)
const started: Pair[] = []
for (let start = 1; start < starts; start += 1) {
  const opened = await timeStart(lab)
  await endStart(opened)
  started.push({ measured: opened.milliseconds, reference: await timeBareStart() })
}
const last = await timeStart(lab)
const { window } = last
try {
  // The lists are being read ahead when the first ones are opened; what people feel later is the row.
  await watchList(window.page, lists.guests)
  const cold = await openList(window.page, 'guests')
  await watchList(window.page, lists.metaverse)
  const coldMetaverse = await openList(window.page, 'metaverse')
  report('Window, start', 'process of the host started, Chromium launched, Overview with its counts on the screen', 'Node started with a server of one page, Chromium launched, its heading on the screen', [...started, { measured: last.milliseconds, reference: await timeBareStart() }], { limit: 2_000, explanation: explanations.start })
  const bare = await window.page.context().newPage()
  await fillBarePage(bare, guests)
  await watchList(bare, lists.bare)
  await reportFirstRows(window.page, bare, [
    { name: 'guests first, while the lists are read ahead', value: Math.round(cold.painted), unit: 'ms' }, { name: 'metaverse next', value: Math.round(coldMetaverse.painted), unit: 'ms' },
  ])
  await watchList(window.page, lists.guests)
  await openList(window.page, 'guests')
  await reportSearch(window.page, bare)
  await reportScrolling(window.page, bare)
  if (window.complaints.length > 0) throw new Error(`The window complained: ${window.complaints.join('\n')}`)
} finally {
  await window.close()
}

async function openList(page: Page, screen: 'guests' | 'metaverse'): Promise<Reaction> {
  await page.evaluate("location.hash = '#/audit'")
  await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor()
  return timeReaction(page, () => page.locator(`nav a[href^="#/${screen}"]`).click())
}

async function reportFirstRows(page: Page, bare: Page, figures: readonly Figure[]): Promise<void> {
  for (const screen of ['guests', 'metaverse'] as const) {
    await page.bringToFront()
    await watchList(page, lists[screen])
    const pairs: Pair[] = []
    for (let time = 0; time < openings; time += 1) {
      await page.bringToFront()
      const measured = await openList(page, screen)
      await bare.bringToFront()
      await bare.evaluate("document.getElementById('list').removeAttribute('aria-rowcount')")
      pairs.push({ measured: measured.painted, reference: (await timeReaction(bare, () => bare.locator('button').click())).painted })
    }
    const name = screen === 'guests' ? 'Window, first rows' : 'Window, first rows of the metaverse'
    report(name, `from the click on ${screen === 'guests' ? 'Guests' : 'Metaverse'} to the first rows of ${guests.toLocaleString('en')} on the screen`, 'from a click to the first rows of as many on the screen in a plain page that has them all in its memory', pairs, { limit: 300, figures: screen === 'guests' ? figures : [], explanation: explanations.rows })
  }
}

async function reportSearch(page: Page, bare: Page): Promise<void> {
  const timed: { readonly way: string; readonly ours: Reaction; readonly bare: Reaction }[] = []
  for (const steps of searches) {
    const ours = await typeAll(page, steps)
    const plain = await typeAll(bare, steps)
    for (const [index, { way }] of steps.entries()) {
      const [left, right] = [ours[index], plain[index]]
      if (left !== undefined && right !== undefined) timed.push({ way, ours: left, bare: right })
    }
  }
  const ways = [...new Set(timed.map(({ way }) => way))]
  const figures = ways.map((way): Figure => ({ name: `${way}, p95`, value: Math.round(quantile(timed.filter((each) => each.way === way).map(({ ours }) => ours.held), 0.95)), unit: 'ms' }))
  const painted = timed.map(({ ours }) => ours.painted)
  report('Window, search', `from the key itself in the search field over ${guests.toLocaleString('en')} guests to the rows that are left, with the counts of all facets; ${timed.length} keys and pasted texts, ${betweenKeys} ms apart`,
    'the same keys in a plain page that looks through the same texts in its own memory and writes the first rows as plain HTML', timed.map(({ ours, bare: plain }) => ({ measured: ours.held, reference: plain.held })),
    { limit: 50, explanation: explanations.search, figures: [...figures, { name: 'on the screen, median', value: Math.round(quantile(painted, 0.5)), unit: 'ms' }, { name: 'on the screen, p95', value: Math.round(quantile(painted, 0.95)), unit: 'ms' }] })
}

async function typeAll(page: Page, steps: (typeof searches)[number]): Promise<readonly Reaction[]> {
  await page.bringToFront()
  await page.locator('main input').first().focus()
  const reactions: Reaction[] = []
  for (const { kind, text } of steps) {
    await page.waitForTimeout(betweenKeys)
    if (text === 'Delete') await page.keyboard.press('ControlOrMeta+a')
    reactions.push(await timeReaction(page, () => (kind === 'key' ? page.keyboard.press(text) : page.keyboard.insertText(text))))
  }
  return reactions
}

async function reportScrolling(page: Page, bare: Page): Promise<void> {
  await page.bringToFront()
  const ours = await timeScrolling(page, lists.guests)
  await bare.bringToFront()
  const plain = await timeScrolling(bare, '#tall')
  const seconds = ours.intervals.reduce((sum, interval) => sum + interval, 0) / 1_000
  const pairs = [0.5, 0.75, 0.95, 0.99].map((share) => ({ measured: quantile(ours.intervals, share), reference: quantile(plain.intervals, share) }))
  writeMeasurement({
    ...compared('Window, scrolling', 'time between two frames while the wheel goes through the list for three seconds (median, 75 %, 95 %, 99 %)', 'the same in a plain page of the same height without rows', pairs),
    figures: [{ name: 'longest task', value: Math.round(ours.longestTask), unit: 'ms', goal: { value: 50, is: 'atMost' } }, { name: 'frames', value: Math.round(ours.intervals.length / seconds), unit: '/s' }],
  })
}

type Report = { /** Milliseconds, for 95 of 100. */ readonly limit: number; readonly figures?: readonly Figure[]; readonly explanation: string }

function report(name: string, measures: string, against: string, pairs: readonly Pair[], { limit, figures = [], explanation }: Report): void {
  const measured = pairs.map((pair) => pair.measured)
  writeMeasurement({
    ...compared(name, measures, against, pairs),
    figures: [{ name: 'p95', value: Math.round(quantile(measured, 0.95)), unit: 'ms', goal: { value: limit, is: 'atMost' } }, { name: 'median', value: Math.round(quantile(measured, 0.5)), unit: 'ms' }, ...figures],
    explanation,
  })
}

function compared(name: string, measures: string, against: string, pairs: readonly Pair[]): Measurement {
  const ratios = pairs.map(({ measured, reference }) => measured / reference)
  return {
    name, measures, against, node: process.version,
    measuredMilliseconds: quantile(pairs.map(({ measured }) => measured), 0.5), referenceMilliseconds: quantile(pairs.map(({ reference }) => reference), 0.5),
    ratio: quantile(ratios, 0.5), lowerQuartile: quantile(ratios, 0.25), upperQuartile: quantile(ratios, 0.75),
  }
}
