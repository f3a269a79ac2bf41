import type { Channel } from '../../../shared/rpc/frames.ts'

/** What MessagePort of Node and MessagePortMain of Electron have in common, seen from here. */
export type FramePort = {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

export function portChannel(port: FramePort): Channel {
  return {
    post: (frame) => port.postMessage(frame),
    onFrame: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.on('close', listener),
  }
}
