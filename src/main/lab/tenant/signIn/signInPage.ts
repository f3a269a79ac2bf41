import type { LabAnswer } from '../../http/message.ts'

export type SignInPage = {
  readonly status: 200 | 400
  /** HTML of the page's content; whatever a request said stands in it escaped. */
  readonly content: string
  /** Origins besides our own to which the page's form may lead, in the end: browsers look at redirects of a form too (CSP 3, form-action). */
  readonly formTargets: readonly string[]
}

/** A page of the sign-in, for people. No script, and nothing from elsewhere. */
export function answerSignInPage({ status, content, formTargets }: SignInPage): LabAnswer {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': `default-src 'none'; form-action ${["'self'", ...formTargets].join(' ')}; frame-ancestors 'none'`,
  }
  return { status, headers, body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in to the lab</title><main>${content}</main></html>` }
}

/** The buttons of a form: as whom one signs in to the lab. */
export const decisionButtons = `<button name="as" value="administrator">Sign in as administrator of the lab</button> <button name="as" value="employee">as an employee without role</button> <button name="as" value="declined">Decline</button>`

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
