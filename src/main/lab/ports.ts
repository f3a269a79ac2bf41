import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below the ranges from which systems take ports for outgoing connections (Linux 32768, Windows and macOS 49152 upward). */
const lowest = 20_000
const highest = 30_000
const mostTries = 200

/** A port that nobody listens on, and that is not among those given. */
export async function chooseFreePort(taken: ReadonlySet<number>): Promise<number> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const port = randomInt(lowest, highest)
    if (!taken.has(port) && (await isPortFree(port))) return port
  }
  throw new Error(`No free port was found between ${lowest} and ${highest} in ${mostTries} tries`)
}

/** Free on both loopback addresses: `localhost` means either, and a stranger on one of them would answer in the lab's place. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'))
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      // A system without IPv6 has nobody who could listen there.
      else if (host === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')) resolve(true)
      else reject(error)
    })
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}
