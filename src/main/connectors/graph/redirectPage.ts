import { createHash } from 'node:crypto'

/** What the browser shows when it comes back from the sign-in. */
export type RedirectPage = { readonly title: string; readonly text: string }

export const redirectPages = {
  answered: { title: 'Entra has sent its answer to Guestbridge', text: 'You may close this page and go back to Guestbridge, which goes on by itself.' },
  refused: { title: 'Nobody was signed in', text: 'You may close this page and go back to Guestbridge, which says why.' },
  stranger: { title: 'Guestbridge did not ask for this', text: 'This answer belongs to another sign-in. Go back to Guestbridge, and use the address that it shows now.' },
  nothing: { title: 'There is nothing here', text: 'Go back to Guestbridge.' },
} as const satisfies Readonly<Record<string, RedirectPage>>

const style = ':root{color-scheme:light dark}body{font-family:system-ui,sans-serif;line-height:1.5;margin:15vh auto;max-width:36rem;padding:0 1.5rem}h1{font-size:1.5rem}'

/** The same words for everybody: nothing of what was asked stands in the page, and it loads nothing. */
export function writeRedirectPage({ title, text }: RedirectPage): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  }
  return { headers, body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><main><h1>${title}</h1><p>${text}</p></main></html>` }
}
