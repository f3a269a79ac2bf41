import { describe, expect, it } from 'vitest'
import { findAnsweringController } from '../../../src/main/kcd/proof/answeringController.ts'

const trace = (...lines: readonly string[]) => lines.map((line, index) => `[8928] 1795470357.8123${index}: ${line}`).join('\n')

describe('findAnsweringController', () => {
  it('names the controller that answered, not the ones that were tried before', () => {
    expect(findAnsweringController(trace(
      'Resolving hostname dc1.contoso.test', 'Initiating TCP connection to stream 10.0.0.1:88', 'Terminating TCP connection to stream 10.0.0.1:88',
      'Resolving hostname dc2.contoso.test.', 'Initiating TCP connection to stream 10.0.0.2:88', 'Sending TCP request to stream 10.0.0.2:88', 'Received answer (336 bytes) from stream 10.0.0.2:88',
    ))).toBe('dc2.contoso.test (10.0.0.2)')
  })

  it('also when the first one answers after the second one was tried', () => {
    expect(findAnsweringController(trace(
      'Resolving hostname dc1', 'Initiating TCP connection to stream 10.0.0.1:88', 'Resolving hostname dc2', 'Initiating TCP connection to stream 10.0.0.2:88', 'Received answer (12 bytes) from stream 10.0.0.1:88',
    ))).toBe('dc1 (10.0.0.1)')
  })

  it('gives the address alone where no name was used, and nobody where nobody answered', () => {
    expect(findAnsweringController(trace('Resolving hostname 10.0.0.1', 'Sending initial UDP request to dgram 10.0.0.1:88', 'Received answer (12 bytes) from dgram 10.0.0.1:88'))).toBe('10.0.0.1')
    expect(findAnsweringController(trace('Resolving hostname dc1', 'Initiating TCP connection to stream 10.0.0.1:88'))).toBeNull()
    expect(findAnsweringController('')).toBeNull()
  })
})
