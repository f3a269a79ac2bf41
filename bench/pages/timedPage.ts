import type { Page } from 'playwright'

/** Milliseconds from what the person did, by the clock of the page. */
export type Reaction = { /** Until the page holds the rows. */ readonly held: number; /** Until they are on the screen. */ readonly painted: number }

/** Milliseconds after which nothing will come any more: what was done leaves as many rows as before. */
const patience = 60_000

/**
 * Watches a list of a page: from the key (or click) that the next thing begins with until the list says another number of
 * rows. Watched by the page's own observer, since asking again and again takes the time that is measured.
 */
export async function watchList(page: Page, list: string): Promise<void> {
  await page.evaluate(`(() => {
    const total = () => document.querySelector('${list}')?.getAttribute('aria-rowcount') ?? 'none'
    const begin = (event) => { window.begun ??= event.timeStamp }
    for (const kind of ['keydown', 'beforeinput', 'click']) addEventListener(kind, begin, { capture: true })
    window.expectRows = () => {
      window.begun = undefined
      const before = total()
      window.reaction = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error('The list still says ' + before)), ${patience})
        const observer = new MutationObserver(() => {
          if (window.begun === undefined || total() === before) return
          observer.disconnect()
          const held = performance.now() - window.begun
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => resolve({ held, painted: performance.now() - window.begun })
            port2.postMessage(null)
          })
        })
        observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-rowcount'] })
      })
    }
  })()`)
}

/** What the page needs for it. */
export async function timeReaction(page: Page, act: () => Promise<unknown>): Promise<Reaction> {
  await page.evaluate('window.expectRows()')
  await act()
  return page.evaluate<Reaction>('window.reaction')
}
