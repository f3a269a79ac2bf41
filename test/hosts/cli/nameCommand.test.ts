import { describe, expect, test } from 'vitest'
import { commandsOf } from '../../../src/main/hosts/cli/nameCommand.ts'

describe('a command that is shown to be copied', () => {
  test('names the workspace as it was typed, and none where none was', () => {
    expect(commandsOf('W')('run', 'cycle')).toBe('guestbridge --workspace W run cycle')
    expect(commandsOf(null)('run', 'cycle')).toBe('guestbridge run cycle')
  })

  test.each([
    ['a blank', 'delta cycle', '"delta cycle"'],
    ['the number sign of a guest\'s name', 'a_b.com#EXT#@c.com', '"a_b.com#EXT#@c.com"'],
    ['an apostrophe', 'pat.o\'brien@b.com', '"pat.o\'brien@b.com"'],
    ['a dollar sign', 'SRV$', '\'SRV$\''],
    ['a Windows path', 'C:\\ProgramData\\Guestbridge', 'C:\\ProgramData\\Guestbridge'],
    ['nothing', '', '""'],
  ])('quotes what a shell would take for something else: %s', (_what, word, quoted) => {
    expect(commandsOf(null)('show', word)).toBe(`guestbridge show ${quoted}`)
  })
})
