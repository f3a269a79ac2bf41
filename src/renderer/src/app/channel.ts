import type { Channel } from '../../../shared/rpc/frames.ts'

/** Electron's preload hands a port over; without one the page was loaded by the loopback host. */
type Bridge = { readonly openChannel: (receive: (port: MessagePort) => void) => void }

const sessionKey = 'guestbridge.session'

/** Opens the channel of this page load. Rejects with words for a person where the door stays shut. */
export function openChannel(): Promise<Channel> {
  const bridge = (window as { readonly guestbridge?: Bridge }).guestbridge
  return bridge === undefined ? openSocket() : new Promise((resolve) => bridge.openChannel((port) => resolve(ofPort(port))))
}

function ofPort(port: MessagePort): Channel {
  port.start()
  return {
    post: (frame) => port.postMessage(frame),
    onFrame: (listener) => port.addEventListener('message', (event) => listener(event.data as unknown)),
    onClose: (listener) => port.addEventListener('close', listener, { once: true }),
  }
}

/** The one-time token comes in the fragment and is taken out of the address before anything else. */
function openSocket(): Promise<Channel> {
  const fragment = location.hash.slice(1)
  const isToken = /^[\w-]{43}$/.test(fragment)
  const token = isToken ? fragment : sessionStorage.getItem(sessionKey)
  if (isToken) history.replaceState(null, '', '#/overview')
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/channel`)
    const refuse = (): void => reject(new Error('This window is not signed in to Guestbridge (any more). Start Guestbridge again: it opens a new window.'))
    socket.addEventListener('close', refuse, { once: true })
    socket.addEventListener('open', () => socket.send(JSON.stringify({ token })), { once: true })
    socket.addEventListener('message', (event) => {
      const welcome = JSON.parse(String(event.data)) as { readonly session?: string }
      if (welcome.session === undefined) return refuse()
      sessionStorage.setItem(sessionKey, welcome.session)
      socket.removeEventListener('close', refuse)
      resolve({
        post: (frame) => socket.send(JSON.stringify(frame)),
        onFrame: (listener) => socket.addEventListener('message', (message) => listener(JSON.parse(String(message.data)))),
        onClose: (listener) => socket.addEventListener('close', listener, { once: true }),
      })
    }, { once: true })
  })
}
