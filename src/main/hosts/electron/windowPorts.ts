import { ipcMain, MessageChannelMain, type IpcMainEvent, type MessagePortMain, type WebContents } from 'electron'
import type { WindowChannel } from '../window/openWindowService.ts'
import { isOurs } from './appScheme.ts'

/** The preload asks with the one name and is answered with a port under the other. */
export const portWanted = 'guestbridge:portWanted'
export const portGiven = 'guestbridge:port'

/** Gives each page load of the window a port of its own. Whoever else asks gets no answer. */
export function givePorts(contents: WebContents, serve: (channel: WindowChannel) => void): void {
  ipcMain.on(portWanted, (event) => {
    if (!isOurPage(event, contents)) return
    const { port1, port2 } = new MessageChannelMain()
    serve(portMainChannel(port1))
    port1.start()
    event.senderFrame?.postMessage(portGiven, null, [port2])
  })
}

/** Our window, its top frame, our address: a frame inside of it, or one that is being replaced, is none of ours. */
function isOurPage({ sender, senderFrame }: IpcMainEvent, contents: WebContents): boolean {
  return sender === contents && senderFrame !== null && senderFrame === contents.mainFrame && isOurs(senderFrame.url)
}

function portMainChannel(port: MessagePortMain): WindowChannel {
  return {
    post: (frame) => port.postMessage(frame),
    onFrame: (listener) => void port.on('message', (event: { readonly data: unknown }) => listener(event.data)),
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  }
}
