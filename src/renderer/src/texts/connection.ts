/** What the window says while it has lost its service. */
export const connectionTexts = {
  ended: 'The service of Guestbridge has ended. What you typed is still here.',
  connect: 'Connect again',
  connecting: 'Connecting…',
  hostGone: 'Guestbridge itself does not run any more. Start it again: it opens a new window. What you typed stays here until you close this one.',
  refused: 'Guestbridge does not know this window any more. Start Guestbridge again: it opens a new window. What you typed stays here until you close this one.',
  callFailed: { message: 'The service of Guestbridge has ended.', remedy: 'Connect again with the button at the top of the window, then try once more.' },
} as const
