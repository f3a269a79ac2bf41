import type { Page } from 'playwright'
import { sampleChanges } from '../samplePlan.ts'

/** So many rows fit on a screen. */
const shownRows = 30
const rowHeight = 42

/**
 * A page that does the least a list can do, as the reference: the texts of all guests in its own memory, a plain `includes`
 * over all of them at each key, and the first rows as plain HTML. No service, no framework, no counts of facets.
 */
export async function fillBarePage(page: Page, guests: number): Promise<void> {
  await page.setContent(`<!doctype html><title>Bare list</title><button>List</button><main><input type="search"><div id="list" style="height:600px;overflow:auto"></div><div id="tall" style="height:600px;overflow:auto"><div style="height:${guests * rowHeight}px;background:repeating-linear-gradient(#fff 0 ${rowHeight - 1}px,#ccc 0 ${rowHeight}px)"></div></div></main>`)
  const rows = sampleChanges(guests).map(({ subject }) => [subject.displayName, subject.company, subject.userPrincipalName, subject.mail, subject.entraId].map((value) => value ?? ''))
  await page.evaluate((all) => { Object.assign(globalThis, { rows: all }) }, rows)
  await page.evaluate(`(() => {
    const texts = rows.map((row) => row.join('\\n').toLowerCase())
    const list = document.getElementById('list')
    const show = (numbers) => {
      list.innerHTML = numbers.slice(0, ${shownRows}).map((number) => '<div style="display:grid;grid-template-columns:repeat(5,1fr)">' + rows[number].map((value) => '<span>' + value + '</span>').join('') + '</div>').join('')
      list.setAttribute('aria-rowcount', String(numbers.length))
    }
    const search = (text) => {
      const words = text.toLowerCase().split(' ').filter((word) => word !== '')
      const found = []
      for (let number = 0; number < texts.length; number += 1) if (words.every((word) => texts[number].includes(word))) found.push(number)
      return found
    }
    document.querySelector('input').addEventListener('input', (event) => show(search(event.target.value)))
    document.querySelector('button').addEventListener('click', () => show(search('')))
  })()`)
}
