import type { Page } from 'playwright'

export type Scrolling = {
  /** Milliseconds of the longest task that the browser reports; 0 where none took 50 or more. */
  readonly longestTask: number
  /** Milliseconds between frames. */
  readonly intervals: readonly number[]
}

const [duration, wheelStep, betweenWheels] = [3_000, 1_200, 16]

/** The wheel goes through what that selector finds, as fast as it turns. */
export async function timeScrolling(page: Page, selector: string): Promise<Scrolling> {
  await page.locator(selector).hover({ position: { x: 100, y: 100 } })
  await page.evaluate(`(() => {
    window.scrolling = { longestTask: 0, intervals: [] }
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.scrolling.longestTask = Math.max(window.scrolling.longestTask, duration) }).observe({ type: 'longtask' })
    let last = performance.now()
    const count = (now) => { window.scrolling.intervals.push(now - last); last = now; requestAnimationFrame(count) }
    requestAnimationFrame(count)
  })()`)
  const until = performance.now() + duration
  while (performance.now() < until) {
    await page.mouse.wheel(0, wheelStep)
    await page.waitForTimeout(betweenWheels)
  }
  return page.evaluate<Scrolling>('window.scrolling')
}
