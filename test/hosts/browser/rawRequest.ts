import { connect } from 'node:net'

/** Sends bytes as they are, as no honest client would, and gives what comes back until the other end closes. */
export function rawRequest(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('latin1').on('data', (data) => { answer += String(data) })
    socket.once('close', () => resolve(answer))
    // A reset after the answer is a way of closing.
    socket.once('error', (error) => (answer === '' && !('code' in error && error.code === 'ECONNRESET') ? reject(error) : resolve(answer)))
  })
}

/** Status of a request for a path that is sent as it stands. */
export async function statusOf(port: number, path: string, { method = 'GET', host = `127.0.0.1:${port}`, headers = [] }: { readonly method?: string; readonly host?: string; readonly headers?: readonly string[] } = {}): Promise<number> {
  const answer = await rawRequest(port, [`${method} ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers, '', ''].join('\r\n'))
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)
}
