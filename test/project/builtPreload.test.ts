import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildWindow } from '../fixtures/windowBuild.ts'

type Exposed = Readonly<Record<string, (...rest: readonly unknown[]) => unknown>>

// As in the sandbox: a script with `require` for Electron alone, and the page's window beside it.
describe('the built preload', () => {
  let code: string
  const exposed = new Map<string, Exposed>()
  const sent: (readonly unknown[])[] = []
  const posted: (readonly unknown[])[] = []
  let received: EventEmitter

  beforeAll(async () => { code = readFileSync(join(await buildWindow(), 'preload', 'index.cjs'), 'utf8') })
  beforeEach(() => {
    exposed.clear()
    sent.length = posted.length = 0
    received = new EventEmitter()
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, api: Exposed) => void exposed.set(name, api) },
      ipcRenderer: Object.assign(received, { send: (...message: readonly unknown[]) => void sent.push(message) }),
    }
    const load = (name: string): object => {
      if (name === 'electron') return electron
      throw new Error(`A sandboxed preload cannot load ${name}`)
    }
    runInNewContext(code, { require: load, window: { location: { origin: 'app://guestbridge' }, postMessage: (...message: readonly unknown[]) => void posted.push(message) } })
  })

  it('gives the page one function, which asks for a port and hands nothing of the page on', () => {
    expect([...exposed].map(([name, api]) => [name, Object.keys(api)])).toEqual([['guestbridge', ['requestPort']]])
    expect(exposed.get('guestbridge')?.['requestPort']?.('shell:open', { path: '/' })).toBeUndefined()
    expect(sent).toEqual([['guestbridge:portWanted']])
  })

  it('passes the port on to its own page, and listens to nothing else', () => {
    expect(received.eventNames()).toEqual(['guestbridge:port'])
    const ports = [{}]
    received.emit('guestbridge:port', { ports, sender: 'the event itself stays here' })
    expect(posted).toEqual([['guestbridge:port', 'app://guestbridge', ports]])
  })
})
