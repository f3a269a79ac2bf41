import { sessionKey } from './channel.ts'

const aside = 'guestbridge.aside.'

/**
 * What was typed and not saved belongs to one workspace: when another one is opened in this tab it is put aside under its
 * folder, and what was put aside for the other one comes back. `former` null: no workspace was open, so nothing goes on.
 */
export function changeDrafts(former: string | null, opened: string): void {
  const names = Object.keys(sessionStorage).filter((name) => name.startsWith('guestbridge.') && name !== sessionKey && !name.startsWith(aside))
  const drafts = Object.fromEntries(names.map((name) => [name, sessionStorage.getItem(name) ?? '']))
  // First away, then aside: both do not have to fit into the storage at once.
  for (const name of names) sessionStorage.removeItem(name)
  const back = sessionStorage.getItem(aside + opened)
  sessionStorage.removeItem(aside + opened)
  if (former !== null) sessionStorage.setItem(aside + former, JSON.stringify(drafts))
  for (const [name, draft] of Object.entries(readDrafts(back))) sessionStorage.setItem(name, draft)
}

/** Written by this file alone, in this tab. */
function readDrafts(text: string | null): Readonly<Record<string, string>> {
  return text === null ? {} : (JSON.parse(text) as Readonly<Record<string, string>>)
}
