import type { Socket } from 'node:net'

/** True when the client has taken what was written; false when it went away instead. */
export function waitForDrain(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isDrained: boolean) => () => {
      socket.off('drain', onDrain).off('close', onClose)
      resolve(isDrained)
    }
    const [onDrain, onClose] = [settle(true), settle(false)]
    socket.on('drain', onDrain).on('close', onClose)
  })
}
