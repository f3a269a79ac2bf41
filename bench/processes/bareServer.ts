import { createServer } from 'node:http'

// The least a window of the browser can be served by: one page with one heading. Says its address on a line of its own.
const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Bare page</title><h1>Overview</h1>'))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  console.log(`http://127.0.0.1:${address.port}/`)
})
