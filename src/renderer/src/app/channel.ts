import type { Channel } from '../../../shared/rpc/frames.ts'

/** Electron's preload asks for a port of this page load; without one the page was loaded by the loopback host. */
type Bridge = { readonly requestPort: () => void }

/** Where this tab keeps what signs it in again after a reload. */
export const sessionKey = 'guestbridge.session'
const portGiven = 'guestbridge:port'

/** Why there is no channel: nobody answers at all, or the host does not let this window in. The message is for a person. */
export class ChannelRefused extends Error {
  readonly why: 'hostGone' | 'notSignedIn'
  constructor(why: ChannelRefused['why'], message: string) {
    super(message)
    this.name = 'ChannelRefused'
    this.why = why
  }
}

/** Opens the channel of this page load. Rejects with `ChannelRefused` where the door stays shut. */
export function openChannel(): Promise<Channel> {
  const bridge = (window as { readonly guestbridge?: Bridge }).guestbridge
  return bridge === undefined ? openSocket() : openPort(bridge)
}

/** A port cannot pass the bridge: the preload sends it as a message of this window to itself. */
function openPort(bridge: Bridge): Promise<Channel> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent): void => {
      const [port] = event.ports
      if (event.source !== window || event.data !== portGiven || port === undefined) return
      window.removeEventListener('message', receive)
      resolve(ofPort(port))
    }
    window.addEventListener('message', receive)
    bridge.requestPort()
  })
}

function ofPort(port: MessagePort): Channel {
  return {
    post: (frame) => port.postMessage(frame),
    onFrame: (listener) => {
      port.addEventListener('message', (event) => listener(event.data as unknown))
      port.start()
    },
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
    let isOpen = false
    const refuse = (): void => reject(isOpen
      ? new ChannelRefused('notSignedIn', 'This window is not signed in to Guestbridge (any more). Start Guestbridge again: it opens a new window.')
      : new ChannelRefused('hostGone', 'Guestbridge does not answer. Start it again: it opens a new window.'))
    socket.addEventListener('close', refuse, { once: true })
    socket.addEventListener('open', () => {
      isOpen = true
      socket.send(JSON.stringify({ token }))
    }, { once: true })
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
