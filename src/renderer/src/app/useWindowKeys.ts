import { useEffect } from 'react'

/** Keys that work on every screen. While somebody types, a question mark is a question mark. */
export function useWindowKeys(show: (what: 'palette' | 'keys') => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k'
      const done = isCommand ? showing(() => show('palette')) : event.ctrlKey || event.metaKey || event.altKey ? false : pressPlainKey(event, () => show('keys'))
      if (done) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [show])
}

/** True: the key was for the window. */
function pressPlainKey({ key, target }: KeyboardEvent, showKeys: () => void): boolean {
  if (isSearch(target) && key === 'ArrowDown') return goTo(rows)
  if (isTyping(target)) return false
  if (key === '?') return showing(showKeys)
  if (key === '/') return goTo(search)
  return ['j', 'ArrowDown'].includes(key) && isNowhere(target) && goTo(rows)
}

/** Not those of a menu, and not those of a list that has no rows. */
const rows = '#screen :is([role="grid"], [role="listbox"])[tabindex="0"]'
const search = '#screen input[type="search"]'

function goTo(selector: string): boolean {
  const target = document.querySelector<HTMLElement>(selector)
  target?.focus()
  return target !== null
}

function showing(show: () => void): true {
  show()
  return true
}

/** On the screen as a whole, where the keyboard begins. */
function isNowhere(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.id === 'screen' || target === document.body)
}

function isSearch(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'search' && target.getAttribute('role') !== 'combobox'
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="textbox"]') !== null)
}
