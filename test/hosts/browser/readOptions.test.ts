import { describe, expect, it } from 'vitest'
import { readOptions } from '../../../src/main/hosts/browser/readOptions.ts'

describe('what follows npm start', () => {
  it.each([
    [[], { opens: 'window', port: 0 }],
    [['--workspace', 'W'], { workspace: 'W', opens: 'window', port: 0 }],
    [['--print', '--port', '4711'], { opens: 'nothing', port: 4711 }],
  ])('%j', (args, expected) => {
    expect(readOptions(args)).toMatchObject({ ok: true, value: expected })
  })

  it.each([
    [['--nonsense'], '--nonsense'],
    [['W'], 'W'],
    [['--workspace'], '--workspace'],
    [['--print=yes'], '--print'],
    [['--port', 'http'], '"http" is no port'],
    [['--port', '65536'], '"65536" is no port'],
  ])('%j is a mistake that names itself, and what there is', (args, named) => {
    expect(readOptions(args)).toMatchObject({ ok: false, problem: { kind: 'usage', message: expect.stringContaining(named), remedy: expect.stringContaining('--print') } })
  })
})
