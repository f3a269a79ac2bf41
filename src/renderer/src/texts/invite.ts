import type { InvitationResult, InvitationRow } from '../../../shared/domain/invitation.ts'
import { formatNumber } from '../texts.ts'

/** What the window says while guests are invited, one or a list, and of what can be done with one afterwards. */
export const inviteTexts = {
  open: 'Invite…', one: 'One guest', list: 'A list (CSV)', back: 'All guests',
  title: 'Invite a guest', listTitle: 'Invite a list of guests', another: 'Invite another guest',
  steps: { invite: '1. Invitation', seen: '2. In the tenant and imported', account: '3. Account in Active Directory', signOn: '4. Sign-on' },
  form: {
    about: 'The tenant sends the message. Nobody is invited twice: who has the address already is found first.', mail: 'Mail address', displayName: 'Name', redirectUrl: 'Leads to', redirectHint: 'https; where the guest is led after redeeming', message: 'Message', messageHint: 'Empty: the usual text of the tenant', language: 'Language', languageHint: 'Such as de-DE; empty: that of the tenant', cc: 'Copy to', look: 'Look for the address', looking: 'Looking…',
  },
  redirect: 'https://myapplications.microsoft.com',
  nobody: (mail: string) => `Nobody has the address ${mail}. This invitation would be sent:`, send: 'Invite', sending: 'Inviting…', change: 'Change it',
  found: (count: number) => (count === 1 ? 'The address is known; nobody is invited again.' : `${formatNumber(count)} users have the address; nobody is invited again. Go on with the one that is meant.`), goOn: 'Go on with this guest', goOnOf: (name: string) => `Go on with ${name}`, noName: '(no name)',
  member: 'a member of the tenant, who gets no shadow account',
  invited: (status: string) => `Invited (${status}).`, redeem: 'The guest redeems it at:', known: 'This guest is in the tenant.',
  user: { upn: 'User principal name', mail: 'Mail', kind: 'Kind', state: 'Redemption', enabled: 'Sign-in', blocked: 'blocked', allowed: 'allowed', id: 'Entra id' },
  seen: {
    about: 'Waits until the tenant shows the guest, then runs the delta cycle until an import does.', wait: 'Wait for the guest', waiting: 'Waiting…', again: 'Look again', imported: 'An import has brought the guest.', notImported: 'The tenant shows the guest, and no import has brought him yet: the next cycle will.',
  },
  account: { waiting: 'Follows when an import has brought the guest.', story: 'The whole story', none: 'Nothing is to be written for this guest now.' },
  signOn: { waiting: 'Follows when the guest has an account.' },
  csv: {
    about: 'A file with a header: mail, and if wanted name, redirect, message, language, cc. It is checked as a whole before anybody is invited.', choose: 'Choose a file…', chosen: (name: string) => name, redirect: 'Lines without an address lead to', check: 'Check the list', checking: 'Checking…',
    mistakes: (count: number) => `${formatNumber(count)} ${count === 1 ? 'mistake' : 'mistakes'}; nobody was invited. Correct the file and choose it again.`, mistake: { line: 'Line', column: 'Column', value: 'Value', message: 'What is wrong' },
    fates: { new: 'to be invited', isGuest: 'guest already', invitedBefore: 'invited before', isMember: 'member', ambiguous: 'ambiguous', unknown: 'sent without an answer' } satisfies Record<InvitationRow['fate']['kind'], string>,
    counts: (parts: readonly string[]) => parts.join(', '), part: (count: number, words: string) => `${formatNumber(count)} ${words}`, rows: 'Lines of the list', row: { line: 'Line', mail: 'Mail', name: 'Name', fate: 'What becomes of it' }, more: (count: number) => `and ${formatNumber(count)} more lines`,
    approve: (count: number) => `Invite ${formatNumber(count)}…`, approveTitle: 'Invite everybody on this list?', sentence: (count: number) => `The tenant invites ${formatNumber(count)} ${count === 1 ? 'person' : 'people'} and sends each a message. An invitation cannot be taken back; a guest can be deleted in Entra.`, hash: (hash: string) => `Hash of the list: ${hash}`, notNow: 'Not now', now: (count: number) => `Invite ${formatNumber(count)}`, nothing: 'There is nobody on it who would be invited.',
    results: { invited: 'invited', wasGuest: 'guests already', refused: 'refused', unknown: 'without an answer', notSent: 'not sent' } satisfies Record<InvitationResult['result'], string>, resultsTitle: 'What came of it', download: 'Save the results (CSV)', file: 'invitations.csv', why: 'Why',
  },
  actions: {
    group: 'The invitation of this guest', reset: 'Reset redemption…', resetTitle: 'Let the guest redeem anew?', resetAbout: 'For a guest whose home account has changed. Id and user principal name stay, and so does the account; the account is flagged when the mail changes. Graph lets a person do this: you sign in with a code, as Helpdesk Administrator or User Administrator, for this one reset.', resetMail: 'Redeems with', resetNow: 'Reset', resetting: 'Resetting…', resetCancel: 'Cancel the reset', resetEnter: (code: string) => `To reset the redemption, enter the code ${code} at`, resetSignedInAs: 'It goes on when you have signed in there; the sign-in is not kept.', resetDone: (status: string, account: string | null) => `The redemption was reset${account === null ? '' : ` by ${account}`} (${status}). The guest gets a new message.`,
    block: 'Block…', blockTitle: 'Block sign-in to the tenant?', blockAbout: 'The guest cannot sign in any more. The account in Active Directory follows with the next plan, which disables it.', blockNow: 'Block', unblock: 'Unblock…', unblockTitle: 'Allow sign-in to the tenant again?', unblockAbout: 'An account that Guestbridge has disabled is enabled with the next plan; one that somebody else disabled stays.', unblockNow: 'Unblock',
    note: 'Why? Kept in the audit trail.', notNow: 'Not now', blocked: 'Sign-in to the tenant is blocked. The next cycle brings it.', unblocked: 'Sign-in to the tenant is allowed. The next cycle brings it.', gone: 'The tenant does not show the guest any more.',
  },
} as const
