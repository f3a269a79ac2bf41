import type { Invitation } from '../../shared/domain/invitation.ts'

export type InvitationMistake = { readonly column: keyof Invitation; readonly value: string; readonly message: string }

/** Letters that Graph refuses in an address (https://learn.microsoft.com/graph/api/invitation-post), and shapes that no address has. */
const address = /^[^\s@~!#$%^&*()+={}[\]\\/|;:"<>?,]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/
const longestMessage = 10_000
const longestName = 256

/** Everything that is wrong with what somebody typed, before anything is sent. */
export function findMistakes({ mail, displayName, redirectUrl, message, language, cc }: Invitation): readonly InvitationMistake[] {
  return [
    ...(address.test(mail) ? [] : [{ column: 'mail' as const, value: mail, message: 'is no mail address that can be invited' }]),
    ...(isHttps(redirectUrl) ? [] : [{ column: 'redirectUrl' as const, value: redirectUrl, message: 'is no https address, such as https://myapps.microsoft.com' }]),
    ...(displayName !== null && displayName.length > longestName ? [{ column: 'displayName' as const, value: displayName, message: `is longer than ${longestName} characters` }] : []),
    ...(message !== null && message.length > longestMessage ? [{ column: 'message' as const, value: `${message.slice(0, 40)}…`, message: `is longer than ${longestMessage} characters` }] : []),
    ...(language === null || isLanguage(language) ? [] : [{ column: 'language' as const, value: language, message: 'is no language, such as de-DE or fr' }]),
    ...(cc === null || address.test(cc) ? [] : [{ column: 'cc' as const, value: cc, message: 'is no mail address' }]),
  ]
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:'
}

function isLanguage(text: string): boolean {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text)
}
