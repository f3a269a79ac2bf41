import { WebSocket } from 'ws'

export type Knock = { readonly socket: WebSocket; /** Texts as they come, and at last how the socket was closed. */ readonly next: () => Promise<string> }

/** Opens a channel as our page does, or as an attacker who can set every header would. */
export function knock(port: number, { origin = `http://127.0.0.1:${port}`, host = `127.0.0.1:${port}`, path = '/channel' }: { readonly origin?: string; readonly host?: string; readonly path?: string } = {}): Knock {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { origin, headers: { host } })
  const came: string[] = []
  const waiting: ((text: string) => void)[] = []
  const put = (text: string): void => {
    const first = waiting.shift()
    if (first === undefined) came.push(text)
    else first(text)
  }
  socket.on('message', (data: Buffer) => put(data.toString('utf8')))
  socket.on('close', (code) => put(`closed ${code}`))
  // Closing follows, and says how.
  socket.on('error', (error) => put(`error ${error.message}`))
  return { socket, next: () => new Promise((resolve) => {
    const first = came.shift()
    if (first === undefined) waiting.push(resolve)
    else resolve(first)
  }) }
}

/** Opens a channel and shows a token; gives what the host says to it. */
export async function showToken(port: number, token: unknown): Promise<Knock & { readonly answer: string }> {
  const door = knock(port)
  await new Promise((resolve) => { door.socket.once('open', resolve) })
  door.socket.send(JSON.stringify({ token }))
  return { ...door, answer: await door.next() }
}

export function sessionOf(answer: string): string {
  const { session } = JSON.parse(answer) as { session?: string }
  if (session === undefined) throw new Error(`No session: ${answer}`)
  return session
}
